import Identity
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct OpaqueSecretTests {
    @Test func `a secret reads back what was written and prints nothing`() throws {
        let secret = OpaqueSecret(from: OpenSSLRandomness())
        let read = try #require(OpaqueSecret(secret.exposedText))
        let hashing = OpenSSLHashing()
        #expect(read.hash(hashing) == secret.hash(hashing))
        #expect("\(secret)" == "‹redacted›" && !String(reflecting: secret).contains(secret.exposedText))
    }

    @Test(arguments: ["", "a", String(repeating: "A", count: 42), String(repeating: "=", count: 43)])
    func `what is no secret is not read`(_ text: String) {
        #expect(OpaqueSecret(text) == nil)
    }

    @Test func `the desk opens`() async throws {
        let desk = TestDesk()
        let account = try await desk.addAccount()
        #expect(try await desk.books.account(login: TestDesk.login)?.account == account)
        #expect(try desk.signOn.keys.active(.es256).keyID == "ES256")
    }
}
