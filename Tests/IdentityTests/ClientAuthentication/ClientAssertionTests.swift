import Identity
import JOSE
import Primitives
import Testing

@Suite struct ClientAssertionTests {
    /// Whether a portal gets in with its usual assertion, changed.
    private func isAccepted(
        _ id: String = "signed", _ changes: [String: JSONValue?] = [:], key: TestKey = TokenDesk.portalKey,
        header: JSONObject? = nil, form: [(String, String)] = [], endpoint: TokenRequest.Endpoint = .token,
        desk: TokenDesk
    ) async throws -> Bool {
        var claims = desk.assertion(of: id)
        for (name, value) in changes { claims[name] = value }
        return try await isAccepted(key.jwt(claims, header: header), form: form, endpoint: endpoint, desk: desk)
    }

    private func isAccepted(
        _ assertion: String, form: [(String, String)] = [], endpoint: TokenRequest.Endpoint = .token, desk: TokenDesk
    ) async throws -> Bool {
        let pairs = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ]
        let parameters = try #require(Parameters((pairs + form).map { (name: $0.0, value: $0.1) }))
        let request = TokenRequest(endpoint: endpoint, parameters: parameters, authorization: nil, proofs: [])
        do {
            _ = try await ClientAuthentication(desk.signOn, memory: desk.memory).authenticate(request)
            return true
        } catch TokenRefusal.client {
            return false
        }
    }

    @Test func `an assertion is good once`() async throws {
        let desk = try await TokenDesk()
        let assertion = TokenDesk.portalKey.jwt(desk.assertion(of: "signed"))
        #expect(try await isAccepted(assertion, desk: desk))
        #expect(try await !isAccepted(assertion, desk: desk))
    }

    @Test func `a hundred uses at once are one use`() async throws {
        let desk = try await TokenDesk()
        let assertion = TokenDesk.portalKey.jwt(desk.assertion(of: "signed"))
        let count = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { try await isAccepted(assertion, desk: desk) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 1)
    }

    @Test(
        arguments: [
            ("iss", "other"), ("sub", "other"), ("iss", nil), ("sub", nil), ("jti", nil), ("jti", ""), ("jti", 7),
            ("exp", nil), ("exp", "1800000060"), ("aud", nil), ("aud", "https://other.example"), ("aud", []),
            ("iat", "now"), ("nbf", "now"), ("jti", .string(String(repeating: "j", count: 257))),
        ] as [(String, JSONValue?)])
    func `a claim that is missing, foreign or of another form is refused`(name: String, value: JSONValue?) async throws
    {
        let desk = try await TokenDesk()
        #expect(try await !isAccepted("signed", [name: value], desk: desk))
    }

    @Test(
        arguments: [
            (["exp": 0], false), (["exp": 1], true), (["exp": -300], false), (["exp": 3600], true),
            (["exp": 3600, "iat": nil], true), (["exp": 3700], false), (["exp": 7200, "iat": nil], false),
            (["iat": 10], true), (["nbf": 10], true), (["iat": 61], false), (["nbf": 61], false),
            (["iat": -3500], true),
            (["iat": -3600], false),
        ] as [([String: Int64?], Bool)])
    func `times are held to a minute ahead and an hour of life`(
        offsets: [String: Int64?], isGood: Bool
    ) async throws {
        let desk = try await TokenDesk()
        let changes = offsets.mapValues { $0.map { JSONValue.integer(desk.now.secondsSinceEpoch + $0) } }
        #expect(try await isAccepted("signed", changes, desk: desk) == isGood)
    }

    @Test(
        arguments: [
            ("signed", "https://login.example/token", true), ("signed", ["https://login.example/token"], true),
            ("signed", ["https://other.example", "https://login.example"], true),
            ("signed", "https://login.example/", false), ("bank", "https://login.example", true),
            ("bank", ["https://login.example"], false), ("bank", "https://login.example/token", false),
        ] as [(String, JSONValue, Bool)])
    func `the audience is the issuer; the baseline also takes the endpoint and lists`(
        id: String, audience: JSONValue, isGood: Bool
    ) async throws {
        let desk = try await TokenDesk()
        #expect(try await isAccepted(id, ["aud": audience], desk: desk) == isGood)
    }

    @Test func `another key, another portal's key and a foreign algorithm are refused`() async throws {
        let desk = try await TokenDesk()
        let header = JSONObject([("kid", "portal-key")])
        #expect(try await !isAccepted(key: TestKey(.es256), header: header, desk: desk))
        #expect(try await !isAccepted(key: TestKey(.eddsa), header: header, desk: desk))
        #expect(try await !isAccepted(header: JSONObject([("kid", "another")]), desk: desk))
        #expect(try await isAccepted(header: JSONObject(), desk: desk))
    }

    @Test func `an assertion of another type of token is refused`() async throws {
        let desk = try await TokenDesk()
        #expect(try await !isAccepted(header: JSONObject([("typ", "at+jwt")]), desk: desk))
        #expect(try await !isAccepted(header: JSONObject([("typ", "dpop+jwt")]), desk: desk))
        #expect(try await isAccepted(header: JSONObject([("typ", "client-authentication+jwt")]), desk: desk))
    }

    @Test func `an assertion without signature is refused`() async throws {
        let desk = try await TokenDesk()
        let parts = TokenDesk.portalKey.jwt(desk.assertion(of: "signed")).split(separator: ".")
        let none = Base64.encodeURL(Array(#"{"alg":"none"}"#.utf8))
        #expect(try await !isAccepted("\(parts[0]).\(parts[1]).", desk: desk))
        #expect(try await !isAccepted("\(none).\(parts[1]).", desk: desk))
    }

    @Test func `the form must name the same portal and the right type`() async throws {
        let desk = try await TokenDesk()
        #expect(try await isAccepted(form: [("client_id", "signed")], desk: desk))
        #expect(try await !isAccepted(form: [("client_id", "bank")], desk: desk))
        let assertion = TokenDesk.portalKey.jwt(desk.assertion(of: "signed"))
        let parameters = try #require(
            Parameters([(name: "client_assertion", value: assertion), (name: "client_assertion_type", value: "x")]))
        let request = TokenRequest(endpoint: .token, parameters: parameters, authorization: nil, proofs: [])
        await #expect(throws: TokenRefusal.client) {
            try await ClientAuthentication(desk.signOn, memory: desk.memory).authenticate(request)
        }
    }

    @Test func `an assertion is remembered a minute longer than it could be used`() async throws {
        let desk = try await TokenDesk()
        let assertion = TokenDesk.portalKey.jwt(desk.assertion(of: "signed"))
        #expect(try await isAccepted(assertion, desk: desk))
        #expect(try await !isAccepted(assertion, desk: desk))
        let until = desk.desk.books.step { Array($0.spent.values) }
        #expect(until.allSatisfy { $0 >= desk.now.adding(seconds: 120) } && until.count == 1)
    }

    @Test func `an ID token is no assertion`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("signed")["id_token"]?.string ?? ""
        #expect(try await !isAccepted(token, desk: desk))
    }
}
