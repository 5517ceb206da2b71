import OpenSSLCrypto
import Primitives
import Testing

/// What a token request got.
struct Tokens: Sendable {
    let access: String
    let refresh: String?
    let idToken: String?
    let object: JSONObject

    init(_ answer: HTTPAnswer, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try #require(answer.status == 200, "\(answer.text)", sourceLocation: sourceLocation)
        object = try #require(answer.json?.object, sourceLocation: sourceLocation)
        access = try #require(object["access_token"]?.string, sourceLocation: sourceLocation)
        (refresh, idToken) = (object["refresh_token"]?.string, object["id_token"]?.string)
    }
}

extension RelyingParty {
    /// A request with the parameters that the portal usually sends.
    func attempt(_ changes: [String: String?] = [:], usesProofKey: Bool? = nil) -> AuthorizationAttempt {
        AuthorizationAttempt(portal, changes, usesProofKey: usesProofKey)
    }

    /// Where the portal sends the browser.
    func address(_ attempt: AuthorizationAttempt) throws -> String {
        guard portal.isStrict else { return "/authorize?" + attempt.form.text }
        return try address(pushed: post("/par", attempt.form))
    }

    func address(pushed answer: HTTPAnswer) throws -> String {
        try #require(answer.status == 201, "\(answer.text)")
        let uri = try #require(answer.json?["request_uri"]?.string)
        return "/authorize?" + Form(["client_id": portal.id, "request_uri": uri]).text
    }

    /// The way through the pages to a code.
    func code(_ attempt: AuthorizationAttempt, in browser: Browser, as person: Person? = nil) throws -> String {
        let arrival = try browser.travel(address(attempt), as: person)
        return try #require(
            arrival.code, "no code: \(arrival.location ?? arrival.answer.heading) \(arrival.answer.status)")
    }

    /// The form of a token request for a code.
    func redemption(_ code: String, _ attempt: AuthorizationAttempt) -> Form {
        var form: Form = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": attempt.form["redirect_uri"] ?? "",
        ]
        if attempt.form["code_challenge"] != nil { form["code_verifier"] = attempt.verifier }
        return form
    }

    func redeem(
        _ code: String, _ attempt: AuthorizationAttempt, _ changes: [String: String?] = [:]
    ) throws -> HTTPAnswer {
        try post("/token", redemption(code, attempt).with(changes))
    }

    /// From nothing to tokens.
    func tokens(
        _ changes: [String: String?] = [:], in browser: Browser? = nil, as person: Person? = nil
    ) throws -> Tokens {
        let attempt = attempt(changes)
        let code = try code(attempt, in: browser ?? Browser(site), as: person)
        return try Tokens(redeem(code, attempt))
    }

    func refresh(_ token: String, _ changes: [String: String?] = [:]) throws -> HTTPAnswer {
        try post("/token", Form(["grant_type": "refresh_token", "refresh_token": token]).with(changes))
    }

    func introspect(_ token: String) throws -> HTTPAnswer { try post("/introspect", ["token": token], proofs: []) }

    func revoke(_ token: String) throws -> HTTPAnswer { try post("/revoke", ["token": token], proofs: []) }

    func isActive(_ token: String) throws -> Bool {
        let answer = try introspect(token)
        try #require(answer.status == 200, "\(answer.text)")
        let isActive = answer.json?["active"]?.bool
        return try #require(isActive as Bool?)
    }

    /// The claims of an ID token, with everything that a portal must check (OpenID Connect Core §3.1.3.7).
    func idToken(
        _ tokens: Tokens, nonce: String?, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONObject {
        let text = try #require(tokens.idToken, "no ID token", sourceLocation: sourceLocation)
        let claims = try site.claims(text)
        let now = SystemClock().now().secondsSinceEpoch
        #expect(claims["iss"]?.string == site.issuer, sourceLocation: sourceLocation)
        #expect(claims["aud"]?.string == portal.id, sourceLocation: sourceLocation)
        #expect(claims["nonce"]?.string == nonce, sourceLocation: sourceLocation)
        #expect((claims["exp"]?.integer ?? 0) > now, sourceLocation: sourceLocation)
        #expect(abs((claims["iat"]?.integer ?? 0) - now) < 30, sourceLocation: sourceLocation)
        #expect((claims["auth_time"]?.integer ?? 0) <= now + 1, sourceLocation: sourceLocation)
        #expect(claims["sub"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
        return claims
    }

    /// An OAuth error object with one of the errors.
    static func expect(
        _ answer: HTTPAnswer, _ errors: String..., statuses: [Int] = [400, 401],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(statuses.contains(answer.status), "\(answer.status) \(answer.text)", sourceLocation: sourceLocation)
        #expect(
            answer["content-type"]?.hasPrefix("application/json") == true, "\(answer.text)",
            sourceLocation: sourceLocation)
        #expect(
            errors.contains(answer.json?["error"]?.string ?? ""), "\(answer.text)", sourceLocation: sourceLocation)
        #expect(answer["cache-control"]?.contains("no-store") == true, sourceLocation: sourceLocation)
    }
}
