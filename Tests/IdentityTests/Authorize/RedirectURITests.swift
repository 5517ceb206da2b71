import Identity
import Testing

@Suite struct RedirectURITests {
    private let app = Portal(
        id: "app", name: TestDesk.text("App"), departmentID: "d", sector: "s", kind: .public, authentication: .none,
        redirectURIs: [
            "http://127.0.0.1/callback", "http://[::1]:1/callback?x=1", "http://localhost/callback",
            "https://app.example/callback",
        ])

    @Test(arguments: [
        "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback", "http://[::1]:65535/callback?x=1",
        "http://[::1]/callback?x=1", "https://app.example/callback",
    ])
    func `registered URIs pass, on loopback with any port`(_ uri: String) {
        #expect(RedirectURI.isRegistered(uri, for: app))
    }

    @Test(arguments: [
        "https://app.example/callback/", "https://app.example/callback?x", "https://app.example/Callback",
        "https://app.example:443/callback", "https://app.example/a/../callback", "https://app.example/callback#f",
        "https://APP.example/callback", "https://app.example/%63allback", "http://app.example/callback",
        "http://127.0.0.1.example/callback", "http://127.0.0.1:1@example/callback", "http://127.0.0.1:/callback",
        "http://127.0.0.1:0/callback", "http://127.0.0.1:65536/callback", "http://127.0.0.1:12x/callback",
        "http://127.0.0.1:+1/callback", "http://127.0.0.1/callback/", "https://127.0.0.1/callback",
        "http://127.0.0.2/callback", "http://localhost:81/callback", "http://[::1]:9/callback",
        "http://[::1]:9/callback?x=2", "", "callback",
    ])
    func `every other byte is another URI`(_ uri: String) {
        #expect(!RedirectURI.isRegistered(uri, for: app))
    }

    @Test func `a confidential portal keeps its port`() {
        let portal = Portal(
            id: "c", name: TestDesk.text("C"), departmentID: "d", sector: "s", kind: .confidential,
            authentication: .secretBasic(TestDesk.secretHash), redirectURIs: ["http://127.0.0.1:9001/callback"])
        #expect(RedirectURI.isRegistered("http://127.0.0.1:9001/callback", for: portal))
        #expect(!RedirectURI.isRegistered("http://127.0.0.1:9002/callback", for: portal))
    }

    @Test func `canonically equal texts are different URIs`() {
        let portal = Portal(
            id: "c", name: TestDesk.text("C"), departmentID: "d", sector: "s", kind: .confidential,
            authentication: .secretBasic(TestDesk.secretHash), redirectURIs: ["https://a.example/\u{E9}"])
        #expect(!RedirectURI.isRegistered("https://a.example/e\u{301}", for: portal))
    }

    @Test(arguments: [
        ("https://a/b", "https://a/b?q=%26%3D%20%E7%8E%8B"),
        ("https://a/b?c=d", "https://a/b?c=d&q=%26%3D%20%E7%8E%8B"),
        ("https://a/b?", "https://a/b?q=%26%3D%20%E7%8E%8B"),
    ])
    func `parameters are added to the query and encoded`(_ uri: String, _ expected: String) {
        #expect(RedirectURI.appending([("q", "&= 王")], to: uri) == expected)
    }

    @Test(arguments: [
        ("https://a.example/b/c?d", "https://a.example"), ("http://127.0.0.1:9001/callback", "http://127.0.0.1:9001"),
        ("https://a.example?x", "https://a.example"),
    ])
    func `the origin is scheme, host and port`(_ uri: String, _ expected: String) {
        #expect(RedirectURI.origin(of: uri) == expected)
    }
}
