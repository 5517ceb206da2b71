import JOSE
import Primitives
import Testing

/// The one module of the Config OP plan, and what other plans ask of discovery.
@Suite struct `Config OP` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    private func discovery(_ site: SignOnSite) throws -> JSONValue {
        let answer = try site.get("/.well-known/openid-configuration")
        #expect(answer.status == 200)
        #expect(answer["content-type"]?.hasPrefix("application/json") == true)
        return try #require(answer.json)
    }

    private func list(_ document: JSONValue, _ name: String) -> Set<String> {
        Set((document[name]?.array ?? []).compactMap(\.string))
    }

    @Test func `oidcc-discovery-endpoint-verification: the document says what the provider does`() throws {
        let document = try discovery(site)
        #expect(document["issuer"]?.string == site.issuer)
        for name in ["authorization", "token", "userinfo", "introspection", "revocation", "end_session"] {
            #expect(document["\(name)_endpoint"]?.string?.hasPrefix(site.issuer + "/") == true, "\(name)")
        }
        #expect(list(document, "scopes_supported").contains("openid"))
        #expect(list(document, "response_types_supported") == ["code"])
        #expect(list(document, "subject_types_supported") == ["pairwise", "public"])
        let algorithms = list(document, "id_token_signing_alg_values_supported")
        #expect(algorithms.isSuperset(of: ["RS256", "ES256", "PS256"]) && !algorithms.contains("none"))
        #expect(document["claims_parameter_supported"]?.bool == true)
        #expect(list(document, "claims_supported").isSuperset(of: ["sub", "name", "email", "phone_number", "address"]))
        #expect(document["request_parameter_supported"]?.bool == false)
        #expect(document["request_uri_parameter_supported"]?.bool == false)
        #expect(list(document, "code_challenge_methods_supported") == ["S256"])
    }

    @Test func `oidcc-discovery-endpoint-verification: every key is public, named and of use for signing`() throws {
        let address = try #require(try discovery(site)["jwks_uri"]?.string)
        let answer = try site.get(try #require(site.path(of: address)))
        let keys = try #require(answer.json?["keys"]?.array).compactMap(\.object)
        #expect(keys.count >= 3)
        for key in keys {
            for name in ["d", "p", "q", "dp", "dq", "qi", "k"] { #expect(key[name] == nil, "\(name) is private") }
            #expect(key["use"] == "sig" && key["alg"]?.string != nil)
            _ = try JWK(reading: key)
        }
        let names = keys.compactMap { $0["kid"]?.string }
        #expect(names.count == keys.count && Set(names).count == names.count)
    }

    @Test func `oidcc-discovery-endpoint-verification: behind TLS every address is https, of the issuer`() throws {
        let site = try SignOnSite.hasty
        let document = try discovery(site)
        #expect(document["issuer"]?.string == "https://sign-on.example")
        for (name, value) in document.object?.members ?? [] where name.hasSuffix("_endpoint") || name == "jwks_uri" {
            #expect(value.string?.hasPrefix("https://sign-on.example/") == true, "\(name)")
        }
    }

    @Test func `both well-known addresses give the same document, with a tag`() throws {
        let answers = try ["openid-configuration", "oauth-authorization-server"].map {
            try site.get("/.well-known/\($0)")
        }
        #expect(answers[0].body == answers[1].body)
        let tag = try #require(answers[0]["etag"])
        let again = try site.get("/.well-known/openid-configuration", headers: ["If-None-Match: \(tag)"])
        #expect(again.status == 304)
    }
}
