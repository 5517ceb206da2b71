@testable import Identity
import Testing

@Suite struct TargetURITests {
    @Test(arguments: [
        "https://login.example/token", "HTTPS://login.example/token", "https://LOGIN.example/token",
        "https://login.example:443/token", "https://login.example:/token", "https://login.example/token?a=b",
        "https://login.example/token#x", "https://login.example/%74oken", "https://login.example/%74oke%6E?",
    ])
    func `spellings of one address are equal`(text: String) throws {
        let address = try #require(TargetURI(text))
        #expect(address == TargetURI("https://login.example/token"))
    }

    @Test(arguments: [
        "http://login.example/token", "https://login.example:8443/token", "https://login.example/token/",
        "https://login.example/Token", "https://login.example/", "https://login.example.evil/token",
        "https://login.example/x/../token", "https://login.example/token%2F",
    ])
    func `other addresses are not`(text: String) throws {
        let address = try #require(TargetURI(text))
        #expect(address != TargetURI("https://login.example/token"))
    }

    @Test(arguments: [
        "", "token", "/token", "ftp://login.example/token", "https://", "https:///token",
        "https://a@login.example/token",
        "https://login.example:x/token", "https://login.example:99999999/token", "https://login.example/%zz",
        "https://login.example/%7",
    ])
    func `what is no address is not read`(text: String) {
        #expect(TargetURI(text) == nil)
    }

    @Test func `an empty path is the root, and IPv6 hosts have ports too`() throws {
        let (root, literal) = (
            try #require(TargetURI("https://login.example")), try #require(TargetURI("http://[::1]/a"))
        )
        #expect(root == TargetURI("https://login.example/"))
        #expect(literal == TargetURI("http://[::1]:80/a"))
        #expect(TargetURI("http://[::1]:8080/a") != TargetURI("http://[::1]/a"))
    }

    @Test func `escapes that must stay are compared in one case`() throws {
        let address = try #require(TargetURI("https://a.example/%2f"))
        #expect(address == TargetURI("https://a.example/%2F"))
        #expect(TargetURI("https://a.example/%2F") != TargetURI("https://a.example//"))
    }
}
