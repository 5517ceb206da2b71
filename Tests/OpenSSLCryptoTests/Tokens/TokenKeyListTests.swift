import JOSE
import Primitives
import Testing

@testable import OpenSSLCrypto

struct TokenKeyListTests {
    private static let start = TestOffice.now
    private static let hashing = OpenSSLHashing()

    private func record(_ generation: Int, _ algorithm: SignatureAlgorithm = .es256) throws -> TokenKeyRecord {
        let publicKey = try PrivateKey.generate(for: algorithm).subjectPublicKeyInfo()
        let jwk = try #require(JWK(subjectPublicKeyInfo: publicKey, algorithm: algorithm))
        return TokenKeyRecord(
            algorithm: algorithm, generation: generation, publicKey: publicKey,
            keyID: jwk.thumbprint(hashing: TokenKeyListTests.hashing), publishedAt: TokenKeyListTests.start)
    }

    private func states(_ list: TokenKeyList) -> [KeyState] { list.records.map(\.state) }

    @Test func `a key goes from next to active to retiring to gone`() throws {
        var list = TokenKeyList([try record(1)])
        let at = TokenKeyListTests.start
        list.rotate(.es256, at: at, goneAt: at)
        list.add(try record(2))
        #expect(states(list) == [.active, .next])
        let later = at.adding(seconds: 100)
        list.rotate(.es256, at: later, goneAt: later.adding(seconds: 900))
        #expect(states(list) == [.retiring, .active])
        #expect(list.records[0].retiredAt == later && list.records[1].activeAt == later)
        list.settle(at: later.adding(seconds: 899))
        #expect(list.records[0].state == .retiring && list.records[0].isPublished(at: later.adding(seconds: 899)))
        #expect(!list.records[0].isPublished(at: later.adding(seconds: 900)))
        list.settle(at: later.adding(seconds: 900))
        #expect(states(list) == [.gone, .active])
    }

    @Test func `a rotation of one algorithm leaves the others`() throws {
        var list = TokenKeyList([try record(1), try record(1, .eddsa)])
        list.rotate(.es256, at: TokenKeyListTests.start, goneAt: TokenKeyListTests.start)
        #expect(list.record(.es256, .active) != nil && list.record(.eddsa, .next) != nil)
        #expect(list.record(.eddsa, .active) == nil)
    }

    @Test func `the file is read back as it was written`() throws {
        var list = TokenKeyList([try record(1)])
        list.rotate(.es256, at: TokenKeyListTests.start, goneAt: TokenKeyListTests.start)
        list.add(try record(2))
        list.add(try record(1, .ps256))
        #expect(TokenKeyList(file: list.file, hashing: TokenKeyListTests.hashing) == list)
    }

    @Test func `a list that says what cannot be is refused`() throws {
        let (first, second) = (try record(1), try record(2))
        let good = String(decoding: TokenKeyList([first]).file, as: UTF8.self)
        func isRefused(_ text: String) -> Bool {
            TokenKeyList(file: Array(text.utf8), hashing: TokenKeyListTests.hashing) == nil
        }
        #expect(!isRefused(good))
        #expect(isRefused("") && isRefused("{}") && isRefused(String(good.dropLast(20))))
        #expect(isRefused(good.replacing("\"version\": 1", with: "\"version\": 2")))
        #expect(isRefused(good.replacing(first.keyID, with: second.keyID)), "a key under another's name")
        #expect(isRefused(good.replacing("ES256", with: "EdDSA")), "a key of another kind")
        #expect(isRefused(good.replacing("\"next\"", with: "\"retiring\"")), "retiring for ever")
        #expect(isRefused(good.replacing("\"next\"", with: "\"ready\"")))
        // Two next keys of one algorithm.
        #expect(isRefused(String(decoding: TokenKeyList([first, second]).file, as: UTF8.self)))
    }

    @Test func `what is long gone is forgotten`() throws {
        var list = TokenKeyList()
        for generation in 1...10 {
            list.add(try record(generation))
            list.rotate(.es256, at: TokenKeyListTests.start, goneAt: TokenKeyListTests.start)
        }
        list.settle(at: TokenKeyListTests.start)
        #expect(list.records.map(\.generation) == [6, 7, 8, 9, 10])
        #expect(states(list) == [.gone, .gone, .gone, .gone, .active])
    }
}
