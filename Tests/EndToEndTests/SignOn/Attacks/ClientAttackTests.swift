import Foundation
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

/// Portals that are not who they say, and proofs that are misused.
@Suite struct `Attacks on client authentication` {
    private let site: SignOnSite
    private let keyed: RelyingParty
    private let basic: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        keyed = try RelyingParty(site.portals.keyed, at: site)
        basic = try RelyingParty(site.portals.basic, at: site)
    }

    private static let form: Form = ["token": "x"]

    /// What is asked needs nothing but to be the portal.
    private func introspect(
        _ party: RelyingParty, _ credentials: RelyingParty.Credentials, _ form: Form = form
    ) throws -> HTTPAnswer {
        try party.post("/introspect", form, credentials: credentials, proofs: [])
    }

    private func expectNobody(_ answer: HTTPAnswer, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer.status == 401, "\(what): \(answer.status)", sourceLocation: sourceLocation)
        #expect(answer.json?["error"] == "invalid_client", "\(what)", sourceLocation: sourceLocation)
        #expect(answer["www-authenticate"]?.isEmpty == false, "\(what)", sourceLocation: sourceLocation)
    }

    private func seconds(_ ahead: Int) -> JSONValue { .integer(Int(Date().timeIntervalSince1970) + ahead) }

    @Test func `an assertion is taken once, for one portal, for this provider, for a time`() throws {
        let good = RelyingParty.asserting(try keyed.assertion())
        #expect(try introspect(keyed, good).status == 200)
        expectNobody(try introspect(keyed, good), "replayed")
        expectNobody(try introspect(keyed, RelyingParty.asserting(try keyed.assertion(["jti": nil]))), "no jti")
        for (what, changes) in [
            ("another issuer", ["iss": "fapi"]), ("another subject", ["sub": "fapi"]), ("no issuer", ["iss": nil]),
            ("both another's", ["iss": "fapi-second", "sub": "fapi-second"]), ("no audience", ["aud": nil]),
            ("a stranger's audience", ["aud": "https://evil.example"]), ("no end", ["exp": nil]),
            ("over", ["exp": seconds(-1), "iat": seconds(-60)]), ("a day long", ["exp": seconds(86_400)]),
            ("not yet", ["nbf": seconds(90)]), ("made tomorrow", ["iat": seconds(86_400), "exp": seconds(86_460)]),
            ("an end in words", ["exp": "tomorrow"]), ("an audience of another kind", ["aud": 7]),
            ("an end beyond all time", ["exp": .number("1e400")]),
        ] as [(String, [String: JSONValue?])] {
            expectNobody(try introspect(keyed, RelyingParty.asserting(try keyed.assertion(changes))), what)
        }
    }

    @Test func `an assertion is signed by the portal's own key, in the way that the key is for`() throws {
        let stranger = try ClientKey(.es256, keyID: "first-1")
        expectNobody(
            try introspect(keyed, RelyingParty.asserting(try keyed.assertion(by: stranger))), "a stranger's key")
        let real = try keyed.assertion()
        var parts = real.split(separator: ".").map(String.init)
        expectNobody(try introspect(keyed, RelyingParty.asserting(JWTText.unsigned(real))), "alg none")
        // The public key as the secret of a MAC (RFC 8725 §2.1).
        let header = JWTText.encoded(JSONObject([("alg", "HS256"), ("kid", "first-1")]))
        let mac = SHA1.mac(Array("\(header).\(parts[1])".utf8), key: Array(site.keys.first.thumbprint.utf8))
        expectNobody(
            try introspect(keyed, RelyingParty.asserting("\(header).\(parts[1]).\(Base64.encodeURL(mac))")), "HS256")
        // Both numbers zero (CVE-2022-21449).
        parts[2] = Base64.encodeURL([UInt8](repeating: 0, count: 64))
        expectNobody(try introspect(keyed, RelyingParty.asserting(parts.joined(separator: "."))), "a zero signature")
        for (name, value) in [
            ("jwk", JSONValue.object(stranger.publicMembers)), ("jku", "https://evil.example/jwks"),
            ("x5u", "https://evil.example/x5u"), ("crit", .array(["exp"])),
        ] {
            let assertion = try keyed.assertion(header: [name: value], by: stranger)
            expectNobody(try introspect(keyed, RelyingParty.asserting(assertion)), name)
        }
        for kid in ["", "../../etc/passwd", "' OR 1=1 --", "second-1"] {
            let assertion = try keyed.assertion(header: ["kid": .string(kid)], by: stranger)
            expectNobody(try introspect(keyed, RelyingParty.asserting(assertion)), "kid \(kid)")
        }
        #expect(try introspect(keyed, RelyingParty.asserting(real)).status == 200, "none of it spent the real one")
    }

    @Test func `the wrong method, two methods, a wrong secret and an unknown portal get one answer`() throws {
        guard case .basic(let secret) = site.portals.basic.authentication else { return }
        let right = RelyingParty.basic("basic", secret)
        let inBody: [String: String?] = ["client_id": "basic", "client_secret": secret]
        let tries: [(String, RelyingParty.Credentials)] = [
            ("nothing", .anonymous), ("a name", .init(form: ["client_id": "basic"])),
            ("post for basic", .init(form: inBody)),
            ("both", .init(form: inBody, headers: right.headers)), ("a wrong secret", RelyingParty.basic("basic", "x")),
            ("no secret", RelyingParty.basic("basic", "")), ("nobody", RelyingParty.basic("nobody", secret)),
            ("basic for post", RelyingParty.basic("post", "post-secret")),
            ("a secret for a key", RelyingParty.basic("keyed", secret)),
            (
                "an assertion for a secret",
                RelyingParty.asserting(try keyed.assertion(["iss": "basic", "sub": "basic"]))
            ),
            ("another scheme", .init(headers: ["Authorization: Bearer \(secret)"])),
            ("no base 64", .init(headers: ["Authorization: Basic ???"])),
            ("two names", .init(form: ["client_id": "second"], headers: right.headers)),
            ("an open app", .init(form: ["client_id": "native"])),
        ]
        var bodies: Set<String> = []
        for (what, credentials) in tries {
            let answer = try introspect(basic, credentials)
            expectNobody(answer, what)
            bodies.insert(answer.text)
        }
        #expect(bodies.count == 1, "\(bodies)")
        let inAddress = try site.post(
            "/introspect?client_id=basic&client_secret=\(Form.encoded(secret))", Self.form)
        expectNobody(inAddress, "in the address")
        #expect(try introspect(basic, right).status == 200)
    }

    @Test func `whether a portal exists is not told by time either`() throws {
        func times(_ id: String) throws -> Double {
            let begin = Date()
            for _ in 0..<20 { _ = try introspect(basic, RelyingParty.basic(id, "wrong")) }
            return Date().timeIntervalSince(begin)
        }
        _ = try times("basic")
        let rounds = try (0..<3).map { _ in (try times("basic"), try times("nobody")) }
        let ratios = rounds.map { $0 / $1 }.sorted()
        #expect((0.5...2).contains(ratios[1]), "\(rounds)")
    }

    // MARK: Proofs

    @Test func `a proof is taken once, for one method, at one address, by one key`() throws {
        var party = basic
        party.proofKey = try ClientKey(.eddsa)
        let tokens = try party.tokens(["scope": "openid offline_access"])
        let refresh = try #require(tokens.refresh)
        let form: Form = ["grant_type": "refresh_token", "refresh_token": refresh]
        let proof = try party.proof("POST", "/token")
        #expect(try party.post("/token", form, proofs: [proof]).status == 200)
        for (what, proof) in [
            ("replayed", proof), ("of another address", try party.proof("POST", "/revoke")),
            ("of another method", try party.proof("GET", "/token")),
            ("of another host", try party.proof("POST", "/token", ["htu": "https://evil.example/token"])),
            ("too old", try party.proof("POST", "/token", ["iat": seconds(-600)])),
            ("too new", try party.proof("POST", "/token", ["iat": seconds(600)])),
            ("of a shared secret", try party.proof("POST", "/token", header: ["alg": "HS256"])),
        ] {
            RelyingParty.expect(
                try party.post("/token", form, proofs: [proof]), "invalid_dpop_proof", statuses: [400])
            #expect(Bool(true), "\(what)")
        }
        RelyingParty.expect(
            try party.post("/token", form, proofs: [try party.proof("POST", "/token", ["nonce": "made up"])]),
            "use_dpop_nonce", "invalid_dpop_proof", statuses: [400])
        let thief = try ClientKey(.es256)
        let stolen = try party.proof("GET", "/userinfo", token: tokens.access, by: thief)
        #expect(try party.userInfo(tokens.access, proofs: [stolen]).status == 401)
        #expect(try party.userInfo(tokens.access, scheme: "Bearer", proofs: []).status == 401)
        #expect(try party.userInfo(tokens.access).status == 200)
    }
}
