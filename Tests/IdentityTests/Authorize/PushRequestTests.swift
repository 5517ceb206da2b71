import Identity
import Primitives
import Testing

@Suite struct PushRequestTests {
    private let desk = TestDesk()
    private let thumbprint = String(repeating: "B", count: 43)
    private let proof = ["code_challenge": String(repeating: "A", count: 43), "code_challenge_method": "S256"]

    private func push(_ changes: [String: String?] = [:], thumbprint: String? = nil) async throws -> String {
        let pairs = TestBrowser.request("bank", proof.merging(changes.compactMapValues { $0 }) { $1 })
            .filter { name, _ in changes[name] != .some(nil) }
        let parameters = try #require(Parameters(pairs.map { (name: $0.0, value: $0.1) }))
        let portal = try #require(desk.signOn.directory["bank"])
        return try await PushRequest(desk.signOn).push(parameters, portal: portal, keyThumbprint: thumbprint).requestURI
    }

    @Test func `a pushed request is used once and by its portal only`() async throws {
        try await desk.addAccount()
        let uri = try await push()
        let browser = TestBrowser(desk)
        #expect(
            try await browser.authorize(pairs: [("client_id", "citizen"), ("request_uri", uri)])
                == .refused(.requestURIUnknown))
        guard case .signIn = try await browser.authorize(pairs: [("client_id", "bank"), ("request_uri", uri)]) else {
            Issue.record("not asked to sign in")
            return
        }
        #expect(
            try await browser.authorize(pairs: [("client_id", "bank"), ("request_uri", uri)])
                == .refused(.requestURIUnknown))
        _ = try await browser.signIn()
        let answer = try TestBrowser.answer(try await browser.decide())
        #expect(answer["code"] != nil && answer["state"] == "s1" && answer["iss"] == TestDesk.issuer)
    }

    @Test func `request_uri and client_id come once`() async throws {
        let uri = try await push()
        for name in ["client_id", "request_uri"] {
            let pairs = [("client_id", "bank"), ("request_uri", uri), (name, name == "client_id" ? "bank" : uri)]
            #expect(try await TestBrowser(desk).authorize(pairs: pairs) == .refused(.repeatedParameter))
        }
        #expect(desk.books.step { $0.pushed.count } == 1)
    }

    @Test func `a pushed request is gone after its lifetime`() async throws {
        let uri = try await push()
        desk.clock.advance(by: desk.signOn.policy.tokens.pushedRequest)
        #expect(
            try await TestBrowser(desk).authorize(pairs: [("client_id", "bank"), ("request_uri", uri)])
                == .refused(.requestURIUnknown))
    }

    @Test(
        arguments: [
            (["client_id": "citizen"], AuthorizeRefusal.otherPortal),
            (["request_uri": "urn:ietf:params:oauth:request_uri:x"], .nestedRequestURI),
            (["request": "x"], .requestObject),
            (["redirect_uri": "https://evil.example/"], .redirectURIUnknown),
            (["code_challenge": nil], .proofKeyMissing),
            (["dpop_jkt": String(repeating: "C", count: 43)], .keyThumbprint),
        ] as [([String: String?], AuthorizeRefusal)])
    func `the checks of authorize are made before anything is stored`(
        _ changes: [String: String?], _ refusal: AuthorizeRefusal
    ) async throws {
        await #expect(throws: refusal) { try await push(changes, thumbprint: thumbprint) }
        #expect(desk.books.step { $0.pushed.isEmpty })
    }

    @Test func `the code is bound to the key of the proof that came along`() async throws {
        try await desk.addAccount()
        let uri = try await push(thumbprint: thumbprint)
        let browser = TestBrowser(desk)
        _ = try await browser.authorize(pairs: [("client_id", "bank"), ("request_uri", uri)])
        _ = try await browser.signIn()
        _ = try await browser.decide()
        #expect(desk.books.step { $0.codes.values.first?.code.keyThumbprint } == thumbprint)
    }
}
