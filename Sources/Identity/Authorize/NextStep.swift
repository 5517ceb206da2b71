/// What a browser is shown next, or where it goes.
package enum NextStep: Hashable, Sendable {
    case signIn(SignInQuestion)
    case secondFactor(SecondFactorQuestion)
    case enrolment(EnrolmentQuestion)
    /// Shown once; the person goes on with the flow.
    case recoveryCodes([String])
    /// `prompt=select_account`: go on as this person, or sign in as another. The name is personal.
    case account(name: String)
    case consent(ConsentQuestion)
    /// A complete `Location` at the portal.
    case redirect(String)
    case page(LocalPage)
    /// An error page, never a redirect.
    case refused(AuthorizeRefusal)
}

package struct SignInQuestion: Hashable, Sendable {
    /// Fills in the login; personal.
    package let loginHint: String?
    package let refusal: SignInRefusal?

    package init(loginHint: String?, refusal: SignInRefusal?) {
        (self.loginHint, self.refusal) = (loginHint, refusal)
    }
}

package struct SecondFactorQuestion: Hashable, Sendable {
    package let hasRecoveryCodes: Bool
    package let refusal: SignInRefusal?

    package init(hasRecoveryCodes: Bool, refusal: SignInRefusal?) {
        (self.hasRecoveryCodes, self.refusal) = (hasRecoveryCodes, refusal)
    }
}

package struct EnrolmentQuestion: Hashable, Sendable {
    /// Base32, to type in by hand.
    package let secret: String
    /// `otpauth:`, for a QR code.
    package let uri: String
    package let refusal: SignInRefusal?
}

package struct ConsentQuestion: Hashable, Sendable {
    /// Personal.
    package let accountName: String
    /// The person must agree; else it is a notice.
    package let isQuestion: Bool
    /// As in `Acknowledgement.data`.
    package let data: [String]
}

/// What one request of a browser leads to.
package struct StepResult: Sendable {
    package let next: NextStep
    package var changes: BrowserChanges
    /// The sealed flow for the form and for `/continue`; `nil` where nothing goes on.
    package let flow: String?
    /// Whom the person is on the way to.
    package let portal: Portal?
    /// `ui_locales`.
    package let locales: [String]
    /// Origin of the portal's redirect URI, for the page's `form-action`.
    package let redirectOrigin: String?
}
