import OpenSSLCrypto
import Primitives
import Testing

@testable import Identity

@Suite struct ProofKeyTests {
    private let hashing = OpenSSLHashing()

    /// RFC 7636 appendix B.
    @Test func `the published example is answered`() {
        #expect(
            ProofKey.isAnswered(
                challenge: TokenDesk.challenge, verifier: TokenDesk.verifier, hashing: hashing))
    }

    @Test(arguments: [42, 129]) func `a verifier of another length is none`(count: Int) {
        let verifier = String(repeating: "a", count: count)
        let challenge = Base64.encodeURL(hashing.sha256(Array(verifier.utf8)).bytes)
        #expect(!ProofKey.isAnswered(challenge: challenge, verifier: verifier, hashing: hashing))
    }

    @Test func `a verifier has only unreserved characters, and plain is not offered`() {
        let verifier = String(repeating: "é", count: 30)
        let challenge = Base64.encodeURL(hashing.sha256(Array(verifier.utf8)).bytes)
        #expect(!ProofKey.isAnswered(challenge: challenge, verifier: verifier, hashing: hashing))
        #expect(
            !ProofKey.isAnswered(
                challenge: TokenDesk.challenge, verifier: TokenDesk.challenge, hashing: hashing))
    }
}
