@testable import Identity
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct VerifiedTokensTests {
    private func entry(_ number: Int) -> (VerifiedTokens.Entry, Digest) {
        let at = Instant(secondsSinceEpoch: 0)
        let token = AccessToken(
            id: "\(number)", subject: "s", clientID: "c", scope: "", audiences: ["a"], issuedAt: at, expiresAt: at)
        let hash = OpenSSLHashing().sha256(Array("\(number)".utf8))
        return (VerifiedTokens.Entry(token: token, keyID: "k"), hash)
    }

    @Test func `it never holds more than it may, and keeps what is asked for`() {
        let tokens = VerifiedTokens(capacity: 100)
        let (kept, hash) = entry(-1)
        tokens.insert(kept, hash)
        for number in 0..<1000 {
            let (entry, hash) = entry(number)
            tokens.insert(entry, hash)
            #expect(tokens.count <= 100)
            if number.isMultiple(of: 10) { #expect(tokens.entry(self.entry(-1).1)?.token.id == "-1") }
        }
        #expect(tokens.entry(hash) != nil)
        #expect(tokens.entry(entry(5).1) == nil)
    }

    @Test func `a token is kept when it comes again, not when it comes once`() {
        let tokens = VerifiedTokens(capacity: 100)
        let (first, hash) = entry(1)
        tokens.insertAtSecondSight(first, hash)
        #expect(tokens.entry(hash) == nil)
        tokens.insertAtSecondSight(first, hash)
        #expect(tokens.entry(hash)?.token.id == "1")
        for number in 2..<100_000 {
            let (entry, hash) = entry(number)
            tokens.insertAtSecondSight(entry, hash)
        }
        #expect(tokens.count == 1)
    }
}

@Suite struct RefreshTokenFormTests {
    private let family = Identifier<RefreshFamily>(from: OpenSSLRandomness())
    private let mac = TestMAC(sealing: DataKeySealing(dataKey: Secret([UInt8](repeating: 1, count: 32))))

    @Test func `a refresh token is the same each time it is written, and only for its owner`() throws {
        let token = try #require(RefreshToken(family: family, generation: 7))
        let text = token.text(portalID: "app", keyThumbprint: "key", mac: mac)
        #expect(text == token.text(portalID: "app", keyThumbprint: "key", mac: mac))
        let read = try #require(RefreshToken(claimedBy: text))
        #expect(read == token)
        #expect(read.matches(text, portalID: "app", keyThumbprint: "key", mac: mac))
        #expect(!read.matches(text, portalID: "app", keyThumbprint: nil, mac: mac))
        #expect(!read.matches(text, portalID: "appkey", keyThumbprint: nil, mac: mac))
        #expect(!read.matches(text, portalID: "shop", keyThumbprint: "key", mac: mac))
    }

    @Test(arguments: [0, -1, Int(Int32.max) + 1]) func `generations have bounds`(generation: Int) {
        #expect(RefreshToken(family: family, generation: generation) == nil)
    }

    @Test(arguments: ["", "a.b.c", String(repeating: "A", count: 69), String(repeating: "=", count: 70)])
    func `what is no refresh token is not read`(text: String) {
        #expect(RefreshToken(claimedBy: text) == nil)
    }
}

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
