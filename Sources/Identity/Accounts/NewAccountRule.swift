import Primitives

/// What must be true of an account before it is added.
enum NewAccountRule {
    /// Codes of kinds of ids (GB/T 36903 Annex A).
    private static let (socialCreditCode, citizenID) = ("001", "111")

    static func check(_ new: NewAccount, policy: SignInPolicy.Password) throws(NewAccountRefusal) {
        guard isLogin(new.login) else { throw .login }
        let profile = new.profile
        let members = [
            ("name", profile.name), ("given name", profile.givenName), ("family name", profile.familyName),
            ("email", profile.email), ("phone", profile.phone), ("address", profile.address), ("id", profile.id),
        ]
        for (name, text) in members {
            guard let text else { continue }
            guard !text.isEmpty, text.utf8.count <= 1024 else { throw .profile(name) }
        }
        for (name, text) in [("proofing source", new.proofingSource), ("proofing method", new.proofingMethod)] {
            guard !text.isEmpty, text.utf8.count <= 1024 else { throw .profile(name) }
        }
        try checkID(new)
        guard let password = String(validating: new.password.exposedBytes, as: UTF8.self) else {
            throw .passwordEncoding
        }
        do {
            try PasswordRule.check(password, personal: [new.login, profile.name], policy: policy)
        } catch {
            throw .password(error)
        }
    }

    /// Portals rely on these numbers, and a slip of the pen in one makes another's.
    private static func checkID(_ new: NewAccount) throws(NewAccountRefusal) {
        let (type, id) = (new.profile.idType, new.profile.id)
        if new.kind == .organization {
            guard type == socialCreditCode, let id else { throw .organizationCodeMissing }
            guard SocialCreditCode(id) != nil else {
                throw .organizationCode(right: CheckCharacter.socialCreditCode(String(id.prefix(17))))
            }
        } else if type == citizenID, let id, CitizenID(id) == nil {
            let body = String(id.prefix(17))
            // Where the birth date is none, no check character helps.
            throw .citizenID(
                right: CheckCharacter.citizenID(body).flatMap { CitizenID(body + String($0)) == nil ? nil : $0 })
        }
    }

    private static func isLogin(_ login: String) -> Bool {
        let scalars = login.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, login.utf8.count <= 256 else { return false }
        return first != " " && last != " " && scalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
