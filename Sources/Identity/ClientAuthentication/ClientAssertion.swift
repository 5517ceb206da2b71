import JOSE
import Primitives

/// A JWT by which a portal proves that it has its key (RFC 7523 §3, OpenID Connect Core §9).
struct ClientAssertion: Sendable {
    /// `client_assertion_type`.
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    /// Seconds that a portal's clock may be ahead. FAPI 2.0 §5.3.2.1 asks for 10 at least and 60 at most.
    static let clockSkew: Int64 = 30
    /// Seconds.
    private static let maximumLifetime: Int64 = 3600
    private static let maximumLength = 16 << 10
    private static let maximumIdentifierLength = 256

    let jws: JWS
    let claims: JSONObject
    /// `iss` and `sub`, which are one.
    let subject: String
    /// `jti`.
    let identifier: String
    let expiresAt: Instant

    /// `nil` when it is no JWT with the claims that it must have.
    init?(parsing text: String) {
        guard let jws = try? JWS(parsing: text, maximumLength: ClientAssertion.maximumLength),
            ["jwt", "client-authentication+jwt", nil].contains(jws.type?.lowercased()),
            let claims = (try? JSONReader.read(jws.payload, maximumDepth: 8))?.object,
            let subject = claims["sub"]?.string, claims["iss"]?.string == subject,
            let identifier = claims["jti"]?.string, !identifier.isEmpty,
            identifier.utf8.count <= ClientAssertion.maximumIdentifierLength,
            let expiresAt = NumericDate.read(claims["exp"])
        else { return nil }
        (self.jws, self.claims, self.subject) = (jws, claims, subject)
        (self.identifier, self.expiresAt) = (identifier, expiresAt)
    }

    /// Whether it may be used at `instant`: `exp`, `nbf` and `iat`.
    func isTimely(at instant: Instant) -> Bool {
        let latest = instant.adding(seconds: ClientAssertion.clockSkew)
        guard instant < expiresAt, expiresAt <= latest.adding(seconds: ClientAssertion.maximumLifetime) else {
            return false
        }
        for name in ["nbf", "iat"] {
            guard let value = claims[name] else { continue }
            guard let moment = NumericDate.read(value), moment <= latest else { return false }
            if name == "iat", expiresAt > moment.adding(seconds: ClientAssertion.maximumLifetime) { return false }
        }
        return true
    }

    /// Whether it is for this provider: the issuer as one string under FAPI 2.0 (§5.3.2.1); for the baseline the address
    /// of the endpoint will do (OpenID Connect Core §9, RFC 9126 §2), in a list too.
    func isAddressed(to issuer: String, endpoint: TokenRequest.Endpoint, profile: PortalProfile) -> Bool {
        guard profile == .baseline else { return claims["aud"]?.string == issuer }
        let names = claims["aud"]?.array?.compactMap(\.string) ?? claims["aud"]?.string.map { [$0] } ?? []
        let own = [issuer, issuer + TokenRequest.Endpoint.token.path, issuer + endpoint.path]
        return names.contains { own.contains($0) }
    }

    /// Whether a portal of `profile` may sign with the algorithm (FAPI 2.0 §5.4).
    func isSignedSuitably(for profile: PortalProfile) -> Bool {
        switch profile {
        case .baseline: true
        case .fapi2: [.es256, .ps256, .eddsa].contains(jws.algorithm)
        }
    }

    /// Those of `keys` that may have signed it: the algorithm is the key's, never the header's alone.
    func candidates(among keys: [JWK]) -> [JWK] {
        keys.filter { key in
            key.algorithm ?? jws.algorithm == jws.algorithm && jws.algorithm.fits(publicKey: key.subjectPublicKeyInfo)
                && jws.keyID.map { key.keyID == nil || key.keyID == $0 } ?? true
        }
    }
}
