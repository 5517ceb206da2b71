import Foundation
import OpenSSLCrypto
import Primitives
import Testing

/// A portal at work: authenticates, proves its key, and asks for codes and tokens.
struct RelyingParty: Sendable {
    /// How one request says who it is from.
    struct Credentials: Sendable {
        var form: [String: String?] = [:]
        var headers: [String] = []

        static let anonymous = Credentials()
    }

    let site: SignOnSite
    let portal: Portal
    /// For proofs of possession; `nil`: bearer tokens.
    var proofKey: ClientKey?

    init(_ portal: Portal, at site: SignOnSite) throws {
        (self.portal, self.site) = (portal, site)
        proofKey = portal.isStrict ? try ClientKey(.es256) : nil
    }

    // MARK: Who asks

    var credentials: Credentials {
        get throws {
            switch portal.authentication {
            case .basic(let secret): RelyingParty.basic(portal.id, secret)
            case .post(let secret): Credentials(form: ["client_id": portal.id, "client_secret": secret])
            case .key: RelyingParty.asserting(try assertion())
            case .none: Credentials(form: ["client_id": portal.id])
            }
        }
    }

    static func basic(_ id: String, _ secret: String) -> Credentials {
        let login = "\(Form.encoded(id)):\(Form.encoded(secret))"
        return Credentials(headers: ["Authorization: Basic " + Base64.encode(Array(login.utf8))])
    }

    static func asserting(_ assertion: String) -> Credentials {
        Credentials(form: [
            "client_assertion": assertion,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ])
    }

    /// A client assertion (RFC 7523 §3), with changes to what would be right.
    func assertion(
        _ changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:], by key: ClientKey? = nil
    ) throws -> String {
        guard case .key(let own) = portal.authentication else { throw Misfortune("\(portal.id) has no key") }
        let signer = key ?? own
        let now = Int(Date().timeIntervalSince1970)
        let claims = JSONObject([
            ("iss", .string(portal.id)), ("sub", .string(portal.id)), ("aud", .string(site.issuer)),
            ("jti", .string(AuthorizationAttempt.random())), ("iat", .integer(now)), ("exp", .integer(now + 60)),
        ])
        let usual = JSONObject([("alg", .string(signer.algorithm.rawValue)), ("kid", .text(signer.keyID))])
        return try signer.jwt(usual.with(header), claims.with(changes))
    }

    // MARK: Which key

    /// A DPoP proof (RFC 9449 §4.2), with changes to what would be right.
    func proof(
        _ method: String = "POST", _ path: String, token: String? = nil, _ changes: [String: JSONValue?] = [:],
        header: [String: JSONValue?] = [:], by key: ClientKey? = nil
    ) throws -> String {
        let signer = try #require(key ?? proofKey)
        var claims = JSONObject([
            ("jti", .string(AuthorizationAttempt.random())), ("htm", .string(method)),
            ("htu", .string(site.issuer + path)), ("iat", .integer(Int(Date().timeIntervalSince1970))),
        ])
        if let token {
            claims["ath"] = .string(Base64.encodeURL(OpenSSLHashing().sha256(Array(token.utf8)).bytes))
        }
        let usual = JSONObject([
            ("typ", "dpop+jwt"), ("alg", .string(signer.algorithm.rawValue)), ("jwk", .object(signer.publicMembers)),
        ])
        return try signer.jwt(usual.with(header), claims.with(changes))
    }

    // MARK: Requests

    /// Posts a form.
    ///
    /// - Parameters:
    ///   - credentials: `nil`: the portal's own.
    ///   - proofs: values of `DPoP` headers; `nil`: a fresh one where the portal has a key for it.
    func post(
        _ path: String, _ form: Form, credentials: Credentials? = nil, proofs: [String]? = nil
    ) throws -> HTTPAnswer {
        let credentials = try credentials ?? self.credentials
        let proofs = try proofs ?? (proofKey == nil ? [] : [try proof("POST", path)])
        var whole = form
        for (name, value) in credentials.form where whole[name] == nil { whole[name] = value }
        return try site.post(path, whole, headers: credentials.headers + proofs.map { "DPoP: \($0)" })
    }

    func userInfo(
        _ token: String, method: String = "GET", scheme: String? = nil, proofs: [String]? = nil
    ) throws -> HTTPAnswer {
        let proofs =
            try proofs ?? (proofKey == nil ? [] : [try proof(method, "/userinfo", token: token)])
        let scheme = scheme ?? (proofKey == nil ? "Bearer" : "DPoP")
        return try site.ask(
            method, "/userinfo", headers: ["Authorization: \(scheme) \(token)"] + proofs.map { "DPoP: \($0)" },
            body: method == "POST" ? [] : nil)
    }
}

extension ClientKey {
    /// The members that a proof shows.
    var publicMembers: JSONObject {
        JSONObject(jwk.members.filter { !["use", "alg", "kid"].contains($0.name) }.map { ($0.name, $0.value) })
    }
}
