@testable import Identity
import OpenSSLCrypto
import Primitives
import Synchronization
import Testing

/// Counts the signatures that are really checked.
private final class CountingVerifier: SignatureVerifier {
    private let checked = Mutex(0)
    private let verifier = OpenSSLSignatureVerifier()

    var count: Int { checked.withLock { $0 } }

    func isValid(
        _ signature: [UInt8], over message: [UInt8], scheme: SignatureScheme, publicKey: [UInt8]
    ) -> Bool {
        checked.withLock { $0 += 1 }
        return verifier.isValid(signature, over: message, scheme: scheme, publicKey: publicKey)
    }
}

@Suite struct KnownSignaturesTests {
    private func hash(_ number: Int) -> Digest { OpenSSLHashing().sha256(Array(String(number).utf8)) }

    @Test func `what is live at once is nearly all remembered, and never more than the capacity`() {
        let signatures = KnownSignatures(capacity: 64 * 256)
        for number in 0..<10_000 { signatures.insert(hash(number)) }
        #expect((0..<10_000).count { signatures.contains(hash($0)) } >= 9_800)
        for number in 0..<10_000 { signatures.insert(hash(number)) }
        #expect(signatures.count <= 10_000)
        for number in 10_000..<100_000 { signatures.insert(hash(number)) }
        #expect(signatures.count <= 64 * 256 && signatures.count >= 16_000)
        #expect((90_000..<100_000).count { signatures.contains(hash($0)) } >= 9_800)
        // The oldest have gone, and what was never put in is not there.
        #expect(!(0..<1_000).contains { signatures.contains(hash($0)) })
        #expect(!(100_000..<110_000).contains { signatures.contains(hash($0)) })
    }

    @Test func `what one process knows by a short hash another does not: the hash is keyed`() {
        let (one, other) = (KnownSignatures(capacity: 64), KnownSignatures(capacity: 64))
        one.insert(hash(1))
        #expect(one.contains(hash(1)) && !other.contains(hash(1)))
    }

    @Test func `the signature of a token made here is never checked, however many tokens live`() async throws {
        let verifier = CountingVerifier()
        let desk = try await TokenDesk(verifier: verifier)
        let memory = TokenMemory()
        var tokens: [String?] = []
        for _ in 0..<40 {
            let request = desk.request("system", ["grant_type": "client_credentials"])
            tokens.append(
                try await RedeemToken(desk.signOn, memory: memory).redeem(request).object["access_token"]?.string)
        }
        try await introspect(tokens, desk, memory)
        #expect(verifier.count == 0)
        // As after a restart: once for each.
        let fresh = TokenMemory()
        try await introspect(tokens, desk, fresh)
        try await introspect(tokens, desk, fresh)
        #expect(verifier.count == 40)
    }

    private func introspect(_ tokens: [String?], _ desk: TokenDesk, _ memory: TokenMemory) async throws {
        for token in tokens {
            let answer = try await Introspect(desk.signOn, memory: memory).introspect(
                desk.request("system", ["token": token], endpoint: .introspection))
            #expect(answer["active"] == true)
        }
    }

    @Test func `a wrong signature is never remembered as right`() async throws {
        let verifier = CountingVerifier()
        let desk = try await TokenDesk(verifier: verifier)
        let text = try #require(try await desk.tokens("citizen")["access_token"]?.string)
        let forged = String(text.dropLast(8)) + "AAAAAAAA"
        for _ in 0..<3 { #expect(try await !desk.isActive(forged, "citizen")) }
        #expect(verifier.count == 3)
    }
}
