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
