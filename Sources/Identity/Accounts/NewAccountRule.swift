import Primitives

/// What must be true of an account before it is added.
enum NewAccountRule {
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
        if new.kind == .organization, let id = profile.id, SocialCreditCode(id) == nil { throw .organizationCode }
        guard let password = String(validating: new.password.exposedBytes, as: UTF8.self) else {
            throw .passwordEncoding
        }
        do {
            try PasswordRule.check(password, personal: [new.login, profile.name], policy: policy)
        } catch {
            throw .password(error)
        }
    }

    private static func isLogin(_ login: String) -> Bool {
        let scalars = login.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, login.utf8.count <= 256 else { return false }
        return first != " " && last != " " && scalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
