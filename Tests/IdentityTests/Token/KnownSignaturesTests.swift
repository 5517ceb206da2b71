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

    @Test func `what is live at once is all remembered, and no more than twice as much is kept`() {
        let signatures = KnownSignatures(capacity: 6400)
        for number in 0..<5000 { signatures.insert(hash(number)) }
        #expect((0..<5000).allSatisfy { signatures.contains(hash($0)) })
        for number in 5000..<40_000 { signatures.insert(hash(number)) }
        #expect(signatures.count <= 12_800)
        #expect((36_000..<40_000).allSatisfy { signatures.contains(hash($0)) })
        #expect(!signatures.contains(hash(0)) && !signatures.contains(hash(40_000)))
    }

    @Test func `the signature of a token made here is never checked, however many tokens live`() async throws {
        let verifier = CountingVerifier()
        let desk = try await TokenDesk(verifier: verifier)
        let memory = TokenMemory(verifiedTokens: 4)
        var tokens: [String?] = []
        for _ in 0..<40 {
            let request = desk.request("system", ["grant_type": "client_credentials"])
            tokens.append(
                try await RedeemToken(desk.signOn, memory: memory).redeem(request).object["access_token"]?.string)
        }
        try await introspect(tokens, desk, memory)
        #expect(verifier.count == 0)
        // As after a restart: once for each.
        let fresh = TokenMemory(verifiedTokens: 4)
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
