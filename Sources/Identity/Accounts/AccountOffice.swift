import Audit
package import Primitives

/// An account to be added.
package struct NewAccount: Sendable {
    package let login: String
    package let kind: Account.Kind
    package let profile: Profile
    package let assurance: Assurance
    package let roles: [DepartmentRole]
    /// Who checked who it is, and how.
    package let proofingSource: String
    package let proofingMethod: String
    /// UTF-8.
    package let password: Secret

    package init(
        login: String, kind: Account.Kind, profile: Profile, assurance: Assurance = .low, roles: [DepartmentRole] = [],
        proofingSource: String = "operator", proofingMethod: String = "account-add", password: Secret
    ) {
        (self.login, self.kind, self.profile) = (login, kind, profile)
        (self.assurance, self.roles, self.password) = (assurance, roles, password)
        (self.proofingSource, self.proofingMethod) = (proofingSource, proofingMethod)
    }
}

/// Why an account cannot be added.
package enum NewAccountRefusal: Error, Hashable, Sendable {
    /// Empty, over 256 bytes, with spaces at its ends or control characters.
    case login
    case loginTaken
    case password(PasswordRule.Fault)
    /// Not UTF-8.
    case passwordEncoding
    /// Empty or over 1024 bytes; says which member.
    case profile(String)
    /// The account is an organization's, and there is no unified social credit code.
    case organizationCodeMissing
    /// The id is no unified social credit code; `right` would be its check character, where the rest may stand in one.
    case organizationCode(right: Character?)
    /// The id is no citizen id number; `right` would be its check character, where the rest is digits.
    case citizenID(right: Character?)
}

/// What operators do with accounts.
package struct AccountOffice: Sendable {
    /// Who acts on the command line.
    private static let actor = "operator"
    private static let pageSize = 1000

    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// - Throws: `NewAccountRefusal`; what the ports throw.
    package func add(_ new: NewAccount) async throws -> Identifier<Account> {
        try NewAccountRule.check(new, policy: signOn.policy.password)
        let hash = try await signOn.passwords.hash(new.password)
        let now = signOn.clock.now()
        let id = Identifier<Account>(from: signOn.randomness)
        let proofing = Proofing(
            level: new.assurance, at: now, source: new.proofingSource, method: new.proofingMethod)
        let account = Account(
            id: id, kind: new.kind, profile: new.profile, assurance: new.assurance, proofings: [proofing],
            roles: new.roles, namingVersion: signOn.naming.currentVersion, createdAt: now, updatedAt: now)
        let details = JSONObject([
            ("kind", .string(new.kind.rawValue)), ("assurance", .string(new.assurance.rawValue)),
            ("roles", .string(new.roles.map(\.description).joined(separator: " "))),
        ])
        let entry = AuditEntry(
            .accountAdded, at: now, actor: AccountOffice.actor, object: id.description, details: details)
        do {
            try await signOn.books.add(account, login: new.login, passwordHash: hash, entries: [entry])
        } catch AccountRefusal.loginTaken {
            throw NewAccountRefusal.loginTaken
        }
        return id
    }

    /// - Parameter name: an id as `add` gave it, or a login.
    package func account(_ name: String) async throws -> AccountRecord? {
        if let id = Identifier<Account>(name), let record = try await signOn.books.account(id) { return record }
        return try await signOn.books.account(login: name)
    }

    /// Disables an account and ends all that is open for it.
    ///
    /// - Parameter name: an id or a login.
    /// - Returns: `nil` when there is no such account; `false` when it was disabled before.
    package func disable(_ name: String) async throws -> Bool? {
        guard let record = try await account(name) else { return nil }
        let id = record.account.id
        let now = signOn.clock.now()
        let ending = SessionEnding(signOn: signOn)
        let disabled = AuditEntry(.accountDisabled, at: now, actor: AccountOffice.actor, object: id.description)
        let ended = try await signOn.books.disable(id, at: now) { sessions in
            let effects = ending.effects(
                of: sessions, at: now, as: .sessionEnded, reason: "account disabled", actor: AccountOffice.actor)
            return EndingEffects(notices: effects.notices, entries: [disabled] + effects.entries)
        }
        return ended != nil
    }

    /// Finds whose pairwise name in a sector this is; the look-up is put on record whether it finds anybody or not.
    package func find(subject: String, sector: String) async throws -> Identifier<Account>? {
        let found = try await search(subject: subject, sector: sector)
        try await signOn.books.append(
            AuditEntry(
                .accountLookedUp, outcome: found == nil ? .failed : .succeeded, at: signOn.clock.now(),
                actor: AccountOffice.actor, object: found?.description,
                details: JSONObject([("sector", .string(sector))])))
        return found
    }

    private func search(subject: String, sector: String) async throws -> Identifier<Account>? {
        var last: Identifier<Account>?
        while true {
            let page = try await signOn.books.names(after: last, limit: AccountOffice.pageSize)
            for name in page {
                let own = try signOn.naming.subject(of: name.id, sector: sector, version: name.namingVersion)
                if own == subject { return name.id }
            }
            guard let end = page.last?.id else { return nil }
            last = end
        }
    }
}
