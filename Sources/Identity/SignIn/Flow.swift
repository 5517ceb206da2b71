package import Primitives

/// A request in flight, from the first question to the last answer. Nothing of it is stored: it travels sealed.
struct Flow: Hashable, Sendable {
    enum Target: Hashable, Sendable {
        case authorization(AuthorizationRequest)
        case page(LocalPage)
        case logout(LogoutRequest)
    }

    /// The password was right, the second factor is still missing; there is no session yet.
    struct Pending: Hashable, Sendable {
        let accountID: Identifier<Account>
        /// SHA-256 of the password hash: another password since then voids this step.
        let passwordMark: Digest
        let at: Instant
    }

    /// Seconds in which a flow must come to its end.
    static let lifetime: Int64 = 3600
    /// Seconds in which the second factor must follow the password, and enrolment the sign-in.
    static let stepLifetime: Int64 = 600

    let target: Target
    let startedAt: Instant
    var pending: Pending?
    /// What the last answer was refused for; shown on the next page.
    var refusal: SignInRefusal?
    /// The session for which the person chose to go on (`prompt=select_account`).
    var chosenSession: Identifier<Session>?
    /// A session from before this flow will not do: the person wants another account, or the step asks for the password anew.
    var mustSignIn = false
    /// The session that the question at hand was put to.
    var askedSession: Identifier<Session>?
    /// A TOTP secret that was shown and not proven yet, and whom to.
    var offered: Offer?
    /// Recovery codes to show once, and whom to: the flow may come back in another person's session.
    var given: GivenCodes?

    struct GivenCodes: Hashable, Sendable {
        let accountID: Identifier<Account>
        let codes: [String]
    }

    struct Offer: Hashable, Sendable {
        let accountID: Identifier<Account>
        /// Base32.
        let secret: String
    }

    init(_ target: Target, startedAt: Instant) {
        (self.target, self.startedAt) = (target, startedAt)
    }

    var request: AuthorizationRequest? {
        if case .authorization(let request) = target { request } else { nil }
    }
}

/// Why an answer on a page of signing in was not accepted.
package enum SignInRefusal: Hashable, Sendable {
    /// Unknown, disabled or wrong: one answer.
    case wrong
    /// Too many attempts; the right answer would be refused as well until then.
    case throttled(until: Instant)
}
