import Licensing
import Testing

@Suite struct OriginTests {
    @Test(arguments: [
        ("http://localhost:8080", "http://127.0.0.1:8080/status-lists/1"),
        ("HTTP://LOCALHOST", "http://127.0.0.1:80"),
        ("https://licenses.example/a", "https://licenses.example:443/b?c#d"),
    ])
    func `two addresses of one origin are equal`(left: String, right: String) throws {
        let (left, right) = (try #require(Origin(of: left)), try #require(Origin(of: right)))
        #expect(left == right)
        #expect(left.hasHost(of: right))
        #expect(Set([left, right]).count == 1)
    }

    @Test(arguments: [
        ("http://localhost:8080", "http://127.0.0.1:8081"), ("http://localhost", "https://localhost"),
        ("http://localhost", "http://localhost.example"), ("http://localhost", "http://127.0.0.2"),
        ("http://127.0.0.1", "http://[::1]"), ("https://a.example", "https://b.example"),
    ])
    func `another scheme, host or port is another origin`(left: String, right: String) throws {
        #expect(try #require(Origin(of: left)) != #require(Origin(of: right)))
    }

    @Test func `the host stays as written, in lower case`() {
        #expect(Origin(of: "http://LocalHost:8080/")?.host == "localhost")
        #expect(Origin(of: "http://127.0.0.1:8080/")?.host == "127.0.0.1")
    }

    @Test(arguments: [
        "ftp://a.example", "http://", "http://u@localhost", "http://localhost:0", "http://a b", "localhost",
    ])
    func `what is no plain http address has no origin`(url: String) {
        #expect(Origin(of: url) == nil)
    }
}
