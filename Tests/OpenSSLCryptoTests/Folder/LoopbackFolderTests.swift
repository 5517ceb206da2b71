import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

struct LoopbackFolderTests {
    @Test func `a folder made for localhost has certificates that name 127.0.0.1, and is not made again`() throws {
        let office = try TestOffice()
        try office.initialize(issuerURL: "http://localhost:8080")
        let signer = try office.open().documentSigner(department: "market", at: TestOffice.now)
        let leaf = try #require(OpenSSLCertificatePaths().certificate(signer.certificateChain[0]))
        #expect(leaf.uriNames == ["http://127.0.0.1:8080"])
        #expect(leaf.crlURLs == ["http://127.0.0.1:8080/crl/issuing-ca.crl"])
        #expect(try office.initialize(issuerURL: "http://localhost:8080") == [])
    }
}
