import HTTPTypes
import Primitives

extension ServiceDescription {
    /// What people see; forms post to the paths that their pages name.
    static let pageOperations = shownPages + postedForms

    private static let request = [
        "client_id", "request_uri", "response_type", "redirect_uri", "scope", "state", "nonce", "prompt", "max_age",
        "acr_values", "login_hint", "id_token_hint", "claims", "ui_locales", "resource", "code_challenge",
        "code_challenge_method", "dpop_jkt",
    ]
    private static let leave = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"]

    private static let shownPages = [
        shown("/authorize", "authorize", "Signs a person in at a portal (RFC 6749 §3.1).", query: request),
        shown("/continue", "continue", "Goes on with a sign-in.", query: ["flow"]),
        shown("/", "home", "A person's own page."),
        shown("/enrolment", "enrolment", "Sets a second factor up."),
        shown("/device", "device", "Takes the code that a device shows (RFC 8628 §3.3).", query: ["user_code"]),
        shown("/device/done", "deviceDone", "Says what became of a device's sign-in.", query: ["decision"]),
        shown("/logout", "logout", "Signs a person out (OpenID Connect RP-Initiated Logout).", query: leave),
        shown("/signed-out", "signedOut", "Says that the person is signed out.", query: ["ui_locales"]),
    ]

    private static let postedForms = [
        posted("/authorize", "authorizeByPost", "An authorization request as a form.", fields: request),
        posted("/sign-in", "signIn", "Name and password.", fields: ["flow", "username", "password"]),
        posted("/second-factor", "secondFactor", "A one-time code.", fields: ["flow", "code"]),
        posted("/enrolment", "enrol", "The first code of a new second factor.", fields: ["flow", "code"]),
        posted("/account", "account", "Whether to go on as who is signed in.", fields: ["flow", "decision"]),
        posted("/consent", "consent", "Whether data may go to a portal.", fields: ["flow", "decision"]),
        posted("/sessions/end", "endSession", "Ends one session.", fields: ["token", "session"]),
        posted("/sessions/end-all", "endSessions", "Ends all sessions.", fields: ["token"]),
        posted("/recovery-codes", "recoveryCodes", "Makes new recovery codes.", fields: ["token"]),
        posted("/device", "deviceCode", "The code of a device.", fields: ["user_code"]),
        posted(
            "/device/decision", "deviceDecision", "Whether a device may be signed in.",
            fields: ["user_code", "decision", "token"]),
        posted("/logout", "logoutByPost", "A sign-out request as a form.", fields: leave),
        posted("/logout/decision", "logoutDecision", "Whether to sign out.", fields: ["flow", "decision"]),
    ]

    private static let common: [DescribedAnswer] = [
        .page("The page."), .empty(303, "Go on there.", headers: ["Location"]),
        .page("The request was not understood, or belongs to another browser.", status: 400),
        .page("The service failed.", status: 500),
        .page("Too many people sign in.", status: 503, headers: ["Retry-After"]),
    ]

    private static func shown(
        _ path: String, _ name: String, _ summary: String, query: [String] = []
    ) -> DescribedOperation {
        DescribedOperation(
            .get, path, name, summary, parameters: query.map { DescribedOperation.query($0, "See the standard.") },
            answers: common)
    }

    private static func posted(
        _ path: String, _ name: String, _ summary: String, fields: [String]
    ) -> DescribedOperation {
        DescribedOperation(
            .post, path, name, summary, body: DescribedOperation.form(fields),
            answers: common + [
                .page("The form is larger than 64 KiB.", status: 413), .page("The body is no form.", status: 415),
            ])
    }
}
