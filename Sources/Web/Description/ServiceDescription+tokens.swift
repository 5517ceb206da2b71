import HTTPTypes
import Primitives

extension ServiceDescription {
    /// What portals call.
    static let tokenOperations =
        discoveryOperations + formOperations + userInfoOperations + preflightOperations

    private static let discoveryOperations = [
        discovery("/.well-known/openid-configuration", "openidConfiguration", "Discovery (OpenID Connect)."),
        discovery("/.well-known/oauth-authorization-server", "authorizationServer", "Discovery (RFC 8414)."),
        discovery("/jwks", "keys", "Public keys of tokens (RFC 7517)."),
    ]

    private static func discovery(_ path: String, _ name: String, _ summary: String) -> DescribedOperation {
        DescribedOperation(
            .get, path, name, summary,
            answers: [.json("Object", "The document."), .notModified, .refusal(500, "The service failed.")])
    }

    private static let client = ["client_id", "client_secret", "client_assertion", "client_assertion_type"]

    private static let formOperations = [
        form(
            "/token", "token", "Gives tokens for a grant (RFC 6749 §3.2).",
            fields: [
                "grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "resource", "audience",
                "subject_token", "subject_token_type", "device_code",
            ], required: ["grant_type"], good: .json("Tokens", "The tokens.")),
        form(
            "/par", "pushedRequest", "Takes an authorization request beforehand (RFC 9126).",
            fields: [
                "response_type", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
            ], good: .json("Object", "Where the request waits.", status: 201),
            more: [.refusal(429, "Too many requests of the portal wait.")]),
        form(
            "/introspect", "introspect", "Whether a token is good now (RFC 7662).",
            fields: ["token", "token_type_hint"], required: ["token"], good: .json("Introspection", "What it is.")),
        form(
            "/revoke", "revoke", "Gives a token back (RFC 7009).", fields: ["token", "token_type_hint"],
            required: ["token"], good: .empty(200, "There is no such token any more.")),
        form(
            "/device_authorization", "deviceAuthorization", "Begins the sign-in of a device (RFC 8628).",
            fields: ["scope", "resource"], good: .json("Object", "The codes."),
            more: [
                .refusal(
                    429, "Too many requests from this address, or devices of it that wait.", headers: ["Retry-After"])
            ]),
    ]

    private static func form(
        _ path: String, _ name: String, _ summary: String, fields: [String], required: [String] = [],
        good: DescribedAnswer, more: [DescribedAnswer] = []
    ) -> DescribedOperation {
        DescribedOperation(
            .post, path, name, summary, security: .portal,
            body: DescribedOperation.form(fields + client, required: required),
            answers: [
                good, .refusal(400, "The request is refused; `error` says why."),
                .refusal(401, "The portal did not prove who it is.", headers: ["WWW-Authenticate"]),
                .refusal(413, "The form is larger than 64 KiB."), .refusal(415, "The body is no form."),
                .refusal(500, "The service failed."), .refusal(503, "Too much to do at once."),
            ] + more)
    }

    private static let userInfoOperations = [HTTPRequest.Method.get, .post].map { method in
        DescribedOperation(
            method, "/userinfo", "userInfo" + (method == .get ? "" : "ByPost"),
            "What a grant allows to be told of the person (OpenID Connect Core §5.3).", security: .token("openid"),
            answers: [
                .json("Object", "The claims."), .refusal(400, "The token came in no usable way."),
                // Without a token there is nothing to say but the challenge (RFC 6750 §3.1).
                .empty(401, "The token is missing or not valid.", headers: ["WWW-Authenticate"]),
                .refusal(403, "The token lacks the scope.", headers: ["WWW-Authenticate"]),
                .refusal(413, "The form is larger than 64 KiB."), .refusal(500, "The service failed."),
                .refusal(503, "Too much to do at once."),
            ])
    }

    private static let preflightOperations = [
        "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks", "/token", "/revoke",
        "/userinfo",
    ].map { path in
        DescribedOperation(
            .options, path, "preflight" + path.filter { $0.isLetter }, "What a script of another origin may send.",
            answers: [.empty(204, "Anything listed in the headers.", headers: ["Access-Control-Allow-Methods"])])
    }
}
