import Testing

@testable import PolicyFiles

struct PortalAddressTests {
    @Test(arguments: [
        "https://tax.example/callback", "https://tax.example", "https://tax.example:8443/a?b=c&d=%E4%B8%AD",
        "https://[2001:db8::1]/cb", "http://127.0.0.1:9001/callback", "http://127.0.0.1/callback",
        "http://[::1]:9001/", "http://localhost:3000/cb", "https://tax.example/~a/(b);c=1,d",
    ])
    func `an address that a browser can be sent to passes`(address: String) {
        #expect(PortalAddress.problem(address) == nil)
    }

    @Test(arguments: [
        ("http://tax.example/callback", "plain http"), ("http://127.0.0.2/", "plain http"),
        ("http://localhost.tax.example/", "plain http"), ("http://127.0.0.1.tax.example/", "plain http"),
        ("https://tax.example/#top", "fragment"), ("https://*.tax.example/", "wildcard"),
        ("https://tax.example/*", "wildcard"), ("https://user@tax.example/", "user"),
        ("https://tax.example@evil.example/", "user"), ("http://127.0.0.1:80@evil.example/", "user"),
        ("https://", "host"), ("https:///callback", "host"), ("https://tax..example/", "host"),
        ("https://tax.example:/", "host"), ("https://tax.example:0/", "host"), ("https://tax.example:65536/", "host"),
        ("https://tax.example:80a/", "host"), ("https://[::1/", "host"), ("https://[]/", "host"),
        ("https://[::1]x/", "host"), ("javascript:alert(1)", "no https address"),
        ("data:text/html,x", "no https address"),
        ("//tax.example/", "no https address"), ("/callback", "no https address"),
        ("HTTPS://tax.example/", "no https address"), ("https:\\\\tax.example/", "character"),
        ("https://tax.example/a b", "character"), ("https://tax.example/\u{7}", "character"),
        ("https://市民.example/", "character"), ("https://tax.example/\"<script>", "character"),
        ("https://tax.example/%", "hexadecimal"), ("https://tax.example/%4", "hexadecimal"),
        ("https://tax.example/%zz", "hexadecimal"), ("", "at most 2048"),
        ("https://tax.example/" + String(repeating: "a", count: 2048), "at most 2048"),
    ])
    func `an address that could lead elsewhere is refused with its reason`(address: String, reason: String) {
        let problem = PortalAddress.problem(address)
        #expect(problem?.contains(reason) == true, "\(address): \(problem ?? "passes")")
    }

    @Test func `a resource may be a URN too`() {
        #expect(PortalAddress.problemOfResource("urn:example:tax") == nil)
        #expect(PortalAddress.problemOfResource("https://api.example/tax") == nil)
        for name in ["urn:", "urn:example", "urn:example:", "urn:example:tax#a", "tax", "http://api.example/tax"] {
            #expect(PortalAddress.problemOfResource(name) != nil, "\(name)")
        }
    }

    @Test func `every list of addresses is checked, each element at its place`() throws {
        #expect(
            try PortalSample.faults(
                PortalSample.confidential, "[\"https://tax.example/callback\"]",
                to: "[\"https://tax.example/a\", \"http://tax.example/b\", \"https://tax.example/a\"]") == [
                    "5:41: `http://tax.example/b` is plain http: expected https; http is for 127.0.0.1, [::1] and localhost only",
                    "5:65: the address `https://tax.example/a` stands twice, first in line 5: take one out",
                ])
        for key in ["postLogoutRedirectURIs: [\"ftp://tax.example/\"]", "backchannelLogoutURI: \"ftp://tax.example/\""]
        {
            let faults = try PortalSample.faults(PortalSample.confidential + key + "\n")
            #expect(faults.count == 1 && faults.first?.contains("is no https address") == true)
        }
    }
}
