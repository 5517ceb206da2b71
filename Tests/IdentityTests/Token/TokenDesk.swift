import Audit
import Identity
import OpenSSLCrypto
import Primitives

/// The token half of a provider in memory, with portals of every kind and a person who is signed in.
struct TokenDesk: Sendable {
    static let redirectURI = "https://portal.example/callback"

    let desk: TestDesk
    let memory = TokenMemory()
    let account: Account
    let session: Session
    /// The cookie of `session`.
    let cookie: OpaqueSecret

    init(
        policy: SignInPolicy = SignInPolicy(), assurance: Assurance = .substantial,
        portals: [Portal] = TokenDesk.portals, verifier: any SignatureVerifier = OpenSSLSignatureVerifier()
    ) async throws {
        desk = TestDesk(policy: policy, portals: portals, verifier: verifier)
        account = try await desk.addAccount(assurance: assurance)
        cookie = OpaqueSecret(from: desk.randomness)
        let now = desk.clock.now()
        session = Session(
            id: Identifier(from: desk.randomness), accountID: account.id, secretHash: cookie.hash(OpenSSLHashing()),
            level: AuthenticationLevel(acr: .substantial, amr: ["pwd", "otp", "mfa"], at: now), device: "test",
            createdAt: now, lastSeenAt: now, idleUntil: now.adding(seconds: policy.session.idle),
            expiresAt: now.adding(seconds: policy.session.absolute))
        let line = HistoryEntry(accountID: account.id, at: now, event: .signedIn(device: "test", amr: ["pwd"]))
        _ = try await desk.books.open(session, history: line, entries: [])
    }

    var signOn: SignOn { desk.signOn }
    var now: Instant { desk.clock.now() }
    var browser: Browser {
        Browser(session: cookie.exposedText, flow: nil, device: nil, address: "192.0.2.1", userAgent: "test")
    }

    static let portalKey = TestKey(.es256, keyID: "portal-key")

    static let portals = [
        portal("citizen", scopes: Scope.all, grants: [.authorizationCode, .refreshToken, .tokenExchange]),
        portal("shop", scopes: ["openid", "profile"]),
        portal("plain", scopes: ["openid"], grants: [.authorizationCode]),
        portal("rsa", scopes: ["openid"], idTokenAlgorithm: .rs256),
        portal("pss", scopes: ["openid"], idTokenAlgorithm: .ps256),
        portal("edwards", scopes: ["openid"], idTokenAlgorithm: .eddsa),
        portal(
            "app", kind: .public, authentication: .none, scopes: Scope.all,
            grants: [.authorizationCode, .refreshToken, .deviceCode]),
        portal("post", authentication: .secretPost(TestDesk.secretHash), scopes: ["openid"]),
        portal("signed", authentication: .privateKeyJWT([portalKey.published]), scopes: ["openid"]),
        portal(
            "bank", department: "tax", authentication: .privateKeyJWT([portalKey.published]), scopes: ["openid"],
            profile: .fapi2),
        portal(
            "system", kind: .service, scopes: ["license:issue", "license:status", "openid"],
            grants: [.clientCredentials, .tokenExchange], exchangeAudiences: ["tax-api"]),
        portal("market-api", kind: .resource, grants: [.tokenExchange], resource: "https://api.example/market"),
        portal("market-files", kind: .resource, resource: "https://api.example/files"),
        portal("tax-api", department: "tax", kind: .resource, resource: "https://api.example/tax"),
        portal("tax-files", department: "tax", kind: .resource),
    ]

    static func portal(
        _ id: String, department: String = "market", kind: PortalKind = .confidential,
        authentication: PortalAuthentication = .secretBasic(TestDesk.secretHash), scopes: [String] = [],
        grants: Set<GrantType>? = nil, profile: PortalProfile = .baseline,
        idTokenAlgorithm: SignatureAlgorithm = .es256, exchangeAudiences: [String] = [], resource: String? = nil
    ) -> Portal {
        Portal(
            id: id, name: TestDesk.text(id), departmentID: department, sector: department, kind: kind,
            authentication: authentication, redirectURIs: [redirectURI], grants: grants, scopes: scopes,
            profile: profile, idTokenAlgorithm: idTokenAlgorithm, exchangeAudiences: exchangeAudiences,
            resource: resource)
    }
}

// What goes in.
extension TokenDesk {
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    /// Gives `portalID` a grant and a code for it, as the authorize half would.
    func code(
        for portalID: String, scopes: [String] = ["openid"], resources: [String] = [],
        claims: ClaimsRequest = .none, challenge: String? = TokenDesk.challenge, keyThumbprint: String? = nil,
        nonce: String? = "n-0S6", isOffline: Bool = false
    ) async throws -> String {
        let portal = signOn.directory[portalID]!
        let secret = OpaqueSecret(from: desk.randomness)
        let grant = Grant(
            id: Identifier(from: desk.randomness), accountID: account.id, portalID: portalID, sessionID: session.id,
            scopes: scopes, resources: resources, claims: claims,
            subject: try signOn.subject(of: account, for: portal), level: session.level, isOffline: isOffline,
            createdAt: now, expiresAt: now.adding(seconds: 100_000))
        let code = AuthorizationCode(
            hash: secret.hash(OpenSSLHashing()), grantID: grant.id, portalID: portalID,
            redirectURI: TokenDesk.redirectURI, challenge: challenge, keyThumbprint: keyThumbprint, nonce: nonce,
            issuedAt: now, expiresAt: now.adding(seconds: signOn.policy.tokens.code))
        let history = HistoryEntry(accountID: account.id, at: now, event: .dataSent(portalID: portalID, data: scopes))
        let new = NewGrant(
            grant: grant, code: code, acknowledgement: nil, history: history,
            sessionIdleUntil: now.adding(seconds: signOn.policy.session.idle))
        _ = try await desk.books.open(new, entries: [])
        return secret.exposedText
    }

    /// A form of `portalID`, which authenticates itself as it must; `nil` values take a parameter away.
    func request(
        _ portalID: String, _ form: [String: String?], endpoint: TokenRequest.Endpoint = .token,
        more: [(String, String)] = [], proofs: [String] = []
    ) -> TokenRequest {
        var pairs = form.compactMap { name, value in value.map { (name: name, value: $0) } }
        pairs += more.map { (name: $0.0, value: $0.1) }
        var header: String?
        switch signOn.directory[portalID]?.authentication {
        case .secretBasic: header = TokenDesk.basic(portalID)
        case .secretPost:
            pairs += [(name: "client_id", value: portalID), (name: "client_secret", value: TestDesk.secret)]
        case .privateKeyJWT:
            pairs += [
                (name: "client_assertion_type", value: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                (name: "client_assertion", value: TokenDesk.portalKey.jwt(assertion(of: portalID))),
            ]
        case .some(.none), nil: pairs.append((name: "client_id", value: portalID))
        }
        return TokenRequest(endpoint: endpoint, parameters: Parameters(pairs)!, authorization: header, proofs: proofs)
    }

    static func basic(_ id: String, _ secret: String = TestDesk.secret) -> String {
        "Basic " + Base64.encode(Array("\(id):\(secret)".utf8))
    }

    func assertion(of portalID: String) -> JSONObject {
        let seconds = now.secondsSinceEpoch
        return JSONObject([
            ("iss", .string(portalID)), ("sub", .string(portalID)), ("aud", .string(TestDesk.issuer)),
            ("jti", .string(Base64.encodeURL(desk.randomness.bytes(12)))), ("iat", .integer(seconds)),
            ("exp", .integer(seconds + 60)),
        ])
    }

    /// The form that redeems `code`.
    static func redemption(of code: String) -> [String: String?] {
        [
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
            "code_verifier": verifier,
        ]
    }
}

// What comes out.
extension TokenDesk {
    func redeem(_ request: TokenRequest) async throws -> JSONObject {
        try await RedeemToken(signOn, memory: memory).redeem(request).object
    }

    /// Why it is refused; `nil` when it is not.
    func refusal(_ request: TokenRequest) async throws -> OAuthError? {
        do {
            _ = try await redeem(request)
            return nil
        } catch let refusal as TokenRefusal {
            return OAuthAnswer(refusal).error
        }
    }

    /// Tokens of a fresh code.
    func tokens(
        _ portalID: String, scopes: [String] = ["openid"], resources: [String] = [], isOffline: Bool = false,
        key: TestKey? = nil
    ) async throws -> JSONObject {
        let code = try await code(for: portalID, scopes: scopes, resources: resources, isOffline: isOffline)
        return try await redeem(
            request(portalID, TokenDesk.redemption(of: code), proofs: key.map { [proof($0)] } ?? []))
    }

    func refresh(_ portalID: String, _ token: String?, key: TestKey? = nil) async throws -> JSONObject {
        try await redeem(refreshing(portalID, token, key: key))
    }

    func refreshing(
        _ portalID: String, _ token: String?, key: TestKey? = nil, more: [String: String?] = [:]
    ) -> TokenRequest {
        let form: [String: String?] = ["grant_type": "refresh_token", "refresh_token": token]
        return request(
            portalID, form.merging(more) { $1 }, proofs: key.map { [proof($0)] } ?? [])
    }

    func introspect(_ portalID: String, _ token: String?) async throws -> JSONObject {
        try await Introspect(signOn, memory: memory).introspect(
            request(portalID, ["token": token], endpoint: .introspection))
    }

    func isActive(_ token: String?, _ portalID: String) async throws -> Bool {
        try await introspect(portalID, token)["active"]?.bool == true
    }

    func revoke(_ portalID: String, _ token: String?) async throws {
        try await Revoke(signOn, memory: memory).revoke(request(portalID, ["token": token], endpoint: .revocation))
    }

    func userInfo(_ token: String?) async throws -> JSONObject {
        try await UserInfo(signOn, memory: memory).userInfo(
            ResourceRequest(
                authorization: "Bearer \(token ?? "")", proofs: [], method: "GET",
                uri: TestDesk.issuer + "/userinfo"))
    }

    /// A proof for `/token`, or for another address with an access token.
    func proof(
        _ key: TestKey, uri: String = TestDesk.issuer + "/token", method: String = "POST", accessToken: String? = nil,
        changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:]
    ) -> String {
        var claims = JSONObject([
            ("jti", .string(Base64.encodeURL(desk.randomness.bytes(12)))), ("htm", .string(method)),
            ("htu", .string(uri)), ("iat", .integer(now.secondsSinceEpoch)),
        ])
        claims["ath"] = accessToken.map { .string(Base64.encodeURL(OpenSSLHashing().sha256(Array($0.utf8)).bytes)) }
        for (name, value) in changes { claims[name] = value }
        var members = JSONObject([("typ", "dpop+jwt"), ("jwk", .object(key.published.bare))])
        for (name, value) in header { members[name] = value }
        return key.jwt(claims, header: members)
    }

    func entries(_ event: AuditEvent) -> [AuditEntry] { desk.books.entries.filter { $0.event == event } }
}
