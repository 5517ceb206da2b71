import Licensing
import Testing

@Suite struct CertificateAddressTests {
    @Test(arguments: [
        ("http://localhost:8080", "http://127.0.0.1:8080"), ("http://LOCALHOST", "http://127.0.0.1"),
        ("https://localhost/chancery/", "https://127.0.0.1/chancery/"),
        ("http://localhost.example", "http://localhost.example"),
        ("https://licenses.example", "https://licenses.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://a.example/localhost", "http://a.example/localhost"),
    ])
    func `localhost stands in certificates as its address and every other host as it is`(url: String, carried: String) {
        #expect(CertificateAddress.of(url) == carried)
    }
}
