import Primitives
import Testing

struct SecretTests {
    private struct Holder {
        let name = "visible"
        let secret = Secret(Array("canary-7261".utf8))
    }

    @Test func `no way of printing shows what is inside`() {
        let secret = Secret(Array("canary-7261".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Holder(), to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), dumped, "\([secret])",
            "\(["key": secret])", "\(Optional(secret) as Any)", "\(Holder())",
            "\(Result<Secret, any Error>.success(secret))",
        ]
        for text in texts {
            #expect(text.contains("‹redacted›"), "\(text)")
            // The word, its bytes in decimal and in hexadecimal.
            for shape in ["canary", "99, 97, 110", "63616e617279"] { #expect(!text.contains(shape), "\(text)") }
        }
        #expect(secret.exposedBytes == Array("canary-7261".utf8))
    }
}

struct IdentifierTests {
    private struct Owner {}
    private struct Counter: Randomness {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
    }

    @Test func `128 random bits print as 32 digits and read back`() throws {
        let identifier = Identifier<Owner>(from: Counter())
        #expect(identifier.description == "000102030405060708090a0b0c0d0e0f")
        #expect(Identifier<Owner>(identifier.description) == identifier)
        #expect(Identifier<Owner>(bytes: identifier.bytes) == identifier)
    }

    @Test(arguments: ["", "00", "000102030405060708090a0b0c0d0e", "000102030405060708090a0b0c0d0e0f00", "g0"])
    func `another length or alphabet is refused`(text: String) {
        #expect(Identifier<Owner>(text) == nil)
    }

    @Test func `a digest has 32 bytes`() {
        #expect(Digest([UInt8](repeating: 7, count: 32))?.description == String(repeating: "07", count: 32))
        #expect(Digest([UInt8](repeating: 7, count: 31)) == nil && Digest([]) == nil)
    }
}
