/// What a new password must be (NIST SP 800-63B §3.1.1): long enough, and not one that everybody tries first.
package enum PasswordRule {
    /// Characters; longer ones cost hashing time and protect nobody better.
    package static let maximumLength = 128

    package enum Fault: Error, Hashable, Sendable {
        case tooShort(minimum: Int)
        case tooLong
        /// On the list of common passwords.
        case common
        /// It is, or is made from, the login or the name.
        case personal
    }

    /// - Parameter personal: login and name of the account.
    /// - Throws: the first fault. Which characters it is made of is nobody's business.
    package static func check(
        _ password: String, personal: [String], policy: SignInPolicy.Password
    ) throws(Fault) {
        guard password.count >= policy.minimumLength else { throw .tooShort(minimum: policy.minimumLength) }
        guard password.count <= maximumLength, password.utf8.count <= 4 * maximumLength else { throw .tooLong }
        let lowered = password.lowercased()
        guard !KnownPasswords.contains(lowered) else { throw .common }
        let isPersonal = personal.contains { text in
            let text = text.lowercased()
            return text.count >= 4 && lowered.hasPrefix(text) && lowered.count - text.count < 4
        }
        guard !isPersonal else { throw .personal }
    }
}
