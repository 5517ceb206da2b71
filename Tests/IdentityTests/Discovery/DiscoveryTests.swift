import Identity
import Primitives
import Testing

@Suite struct DiscoveryTests {
    @Test func `the document says what is true`() async throws {
        let desk = try await TokenDesk()
        let document = Discovery(desk.signOn).document
        #expect(document["issuer"]?.string == TestDesk.issuer)
        #expect(document["token_endpoint"] == "https://login.example/token")
        #expect(document["response_types_supported"] == ["code"])
        #expect(document["code_challenge_methods_supported"] == ["S256"])
        #expect(document["request_uri_parameter_supported"] == false)
        let algorithms = document["id_token_signing_alg_values_supported"]?.array ?? []
        #expect(algorithms.contains("RS256") && algorithms.contains("ES256") && !algorithms.contains("none"))
        #expect(document["scopes_supported"]?.array?.contains("license:issue") == true)
        #expect(document["introspection_endpoint_auth_methods_supported"]?.array?.contains("none") == false)
    }

    @Test func `the key set has no private member, and every key its kid and alg`() async throws {
        let desk = try await TokenDesk()
        let keys = Discovery(desk.signOn).keySet["keys"]?.array ?? []
        #expect(keys.count == 4)
        for key in keys {
            #expect(key["kid"]?.string != nil && key["alg"]?.string != nil && key["use"] == "sig")
            for name in ["d", "p", "q", "dp", "dq", "qi", "k"] { #expect(key[name] == nil) }
        }
    }
}
