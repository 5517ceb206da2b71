import Primitives
import Testing

@testable import OpenSSLCrypto

struct KeyFileTests {
    private let passphrase = Secret(Array("correct horse".utf8))

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a key comes back from its file`(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(for: algorithm)
        let file = Array(try KeyFile.encrypt(key, passphrase: passphrase).utf8)
        try KeyFile.check(file)
        let back = try KeyFile.decrypt(file, passphrase: passphrase)
        #expect(try back.subjectPublicKeyInfo() == key.subjectPublicKeyInfo())
        #expect(back.fits(algorithm))
    }

    @Test func `another passphrase does not open it`() throws {
        let file = Array(try KeyFile.encrypt(try PrivateKey.generate(for: .es256), passphrase: passphrase).utf8)
        for wrong in ["", "correct horse\n", "Correct horse"] {
            #expect(throws: KeyFile.Fault.wrongPassphrase) {
                try KeyFile.decrypt(file, passphrase: Secret(Array(wrong.utf8)))
            }
        }
    }

    @Test func `files of another form are malformed`() throws {
        let file = try KeyFile.encrypt(try PrivateKey.generate(for: .es256), passphrase: passphrase)
        let plain = ["BEGIN", "END"].map { "-----\($0) PRIVATE KEY-----\n" }.joined(separator: "MAA=\n")
        let cut = String(file.dropLast(40))
        let noBase64 = file.replacing("M", with: "!")
        for text in ["", plain, cut, file + file, noBase64, "MAA="] {
            #expect(throws: KeyFile.Fault.malformed) { try KeyFile.check(Array(text.utf8)) }
        }
    }

    /// Made with `openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES`.
    @Test func `an old way of encryption is refused by name`() {
        let algorithm = DER.sequence(
            DER.oid("1.2.840.113549.1.12.1.3"), DER.sequence(DER.octets([1, 2, 3, 4, 5, 6, 7, 8]), DER.integer(2048)))
        let der = DER.sequence(algorithm, DER.octets([UInt8](repeating: 0, count: 48)))
        let file = Array(PEM(label: KeyFile.label, bytes: der).text.utf8)
        #expect(throws: KeyFile.Fault.weak) { try KeyFile.check(file) }
    }

    @Test func `PEM blocks are found between other text, and broken ones are not`() {
        let block = PEM(label: "CERTIFICATE", bytes: [UInt8](0..<100)).text
        #expect(PEM.blocks(in: Array("subject: x\n\(block)\n\(block)".utf8))?.count == 2)
        #expect(PEM.blocks(in: Array(block.replacing("\n", with: "\r\n").utf8))?.first?.bytes == [UInt8](0..<100))
        #expect(PEM.blocks(in: Array("".utf8)) == [])
        #expect(PEM.blocks(in: Array(block.replacing("END CERT", with: "END OTHER").utf8)) == nil)
        #expect(PEM.blocks(in: Array("-----BEGIN A-----\n-----BEGIN A-----\nAA==\n-----END A-----".utf8)) == nil)
        #expect(PEM.single("OTHER", in: Array(block.utf8)) == nil)
    }
}
