import Identity
import JOSE
import Primitives
import Testing

@testable import OpenSSLCrypto

struct TokenKeysTests {
    private static let verifier = OpenSSLSignatureVerifier()
    private static let pause = Duration.zero

    private func keys(
        _ office: TestOffice, _ algorithms: Set<SignatureAlgorithm> = [.es256], at: Instant = TestOffice.now
    ) throws -> OpenTokenKeys {
        try OpenTokenKeys(
            try office.open().reader, algorithms: algorithms, clock: FixedClock(at), pause: TokenKeysTests.pause)
    }

    @discardableResult
    private func rotate(
        _ office: TestOffice, _ algorithms: Set<SignatureAlgorithm> = [.es256], at: Instant = TestOffice.now
    ) throws -> [TokenKeyRotation] {
        try office.keyFolder.rotateTokenKeys(algorithms: algorithms, keptFor: 900, clock: FixedClock(at))
    }

    @Test(arguments: [SignatureAlgorithm.es256, .rs256, .ps256, .eddsa])
    func `the active key signs what the published one checks`(algorithm: SignatureAlgorithm) throws {
        let office = try TestOffice()
        _ = try office.keyFolder.initialize(
            authority: office.authority, departments: office.departments, issuerURL: TestOffice.issuerURL,
            tokenAlgorithms: [.es256, algorithm], clock: FixedClock(TestOffice.now))
        let keys = try keys(office, [.es256, algorithm])
        let signer = try keys.active(algorithm)
        let jwk = try #require(keys.publicKey(signer.keyID))
        #expect(jwk.algorithm == algorithm && jwk.keyID == signer.keyID)
        #expect(jwk.thumbprint(hashing: OpenSSLHashing()) == signer.keyID)
        let signature = try signer.signer.signature(over: [1, 2, 3])
        #expect(
            TokenKeysTests.verifier.isValid(
                signature, over: [1, 2, 3], scheme: algorithm.scheme, publicKey: jwk.subjectPublicKeyInfo))
        if case .rsa(let modulus, _) = jwk.key { #expect(modulus.count == 384) }
        #expect(throws: KeyFolderFault.self) { try keys.active(.es384) }
    }

    @Test func `init publishes an active and a next key, and no private member`() throws {
        let office = try TestOffice.initialized()
        let keys = try keys(office)
        let published = keys.published()
        #expect(published.count == 2)
        #expect(published.first?.keyID == (try keys.active(.es256).keyID), "the active key comes first")
        for key in published {
            #expect(Set(key.object.names) == ["crv", "kty", "x", "y", "use", "alg", "kid"])
        }
        #expect(try office.folder.mode("keys/private/token-signing.json") == 0o600)
        for file in ["token-es256.key", "token-es256.2.key"] {
            let text = String(decoding: try office.folder.read("keys/private/\(file)"), as: UTF8.self)
            #expect(text.hasPrefix("-----BEGIN ENCRYPTED "))
        }
    }

    @Test func `a rotation lets the published next key sign and keeps the old one published`() throws {
        let office = try TestOffice.initialized()
        let keys = try keys(office)
        let old = try keys.active(.es256)
        let next = try #require(keys.published().last?.keyID)
        let rotations = try rotate(office)
        #expect(rotations.map(\.active) == [next] && rotations.map(\.retiring) == [old.keyID])
        #expect(try keys.active(.es256).keyID == next, "the same open keys follow")
        #expect(keys.published().count == 3)
        #expect(keys.publicKey(old.keyID) != nil)
        #expect(Set(keys.published().compactMap(\.keyID)).isSuperset(of: [old.keyID, next]))
    }

    @Test func `a retiring key is published until its time and then gone with its file`() throws {
        let office = try TestOffice.initialized()
        let old = try keys(office).active(.es256).keyID
        try rotate(office)
        #expect(try keys(office, at: TestOffice.now.adding(seconds: 899)).publicKey(old) != nil)
        let end = TestOffice.now.adding(seconds: 900)
        let later = try keys(office, at: end)
        #expect(later.publicKey(old) == nil)
        #expect(later.published().count == 2)
        try rotate(office, at: end)
        let files = try office.folder.snapshot().keys.filter { $0.contains("token-es256") }
        #expect(
            Set(files.map { String($0.split(separator: "/").last ?? "") }) == [
                "token-es256.2.key", "token-es256.3.key", "token-es256.4.key",
            ])
        let states = try office.open().signOnKeys(at: end).filter { $0.use == "token-signing" }.map(\.state)
        #expect(states == [.gone, .retiring, .active, .next])
    }

    @Test func `tokens signed while another process rotates can all be checked`() async throws {
        let office = try TestOffice.initialized()
        let keys = try keys(office)
        let (isOver, seen) = (Shared(false), Shared(Set<String>()))
        let folder = office.keyFolder
        let rotations = Task.detached {
            defer { isOver.change { $0 = true } }
            for _ in 0..<6 {
                let active = try folder.rotateTokenKeys(
                    algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now)
                ).map(\.active)
                while seen.value.isDisjoint(with: active) { await Task.yield() }
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in UInt8(0)..<3 {
                group.addTask {
                    while !isOver.value {
                        let signer = try keys.active(.es256)
                        let signature = try signer.signer.signature(over: [reader])
                        let key = try #require(keys.publicKey(signer.keyID), "signs with a key nobody can fetch")
                        #expect(
                            TokenKeysTests.verifier.isValid(
                                signature, over: [reader], scheme: SignatureAlgorithm.es256.scheme,
                                publicKey: key.subjectPublicKeyInfo))
                        seen.change { $0.insert(signer.keyID) }
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
        try await rotations.value
        #expect(seen.value.count >= 6)
        #expect(keys.published().count == 8)
    }

    @Test func `a running service follows within two seconds`() async throws {
        let office = try TestOffice.initialized()
        let keys = try office.open().tokenKeys(algorithms: [.es256], clock: FixedClock(TestOffice.now))
        keys.warmUp()
        let old = try keys.active(.es256).keyID
        try rotate(office)
        let begin = ContinuousClock.now
        while try keys.active(.es256).keyID == old, begin.duration(to: .now) < .seconds(2) {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try keys.active(.es256).keyID != old)
    }

    @Test func `a state file that cannot be used leaves the keys at hand`() throws {
        let office = try TestOffice.initialized()
        let keys = try keys(office)
        let id = try keys.active(.es256).keyID
        let file = "keys/private/token-signing.json"
        let good = try office.folder.read(file)
        try office.folder.write(Array(good.prefix(good.count / 2)), file)
        #expect(try keys.active(.es256).keyID == id)
        try office.folder.remove(file)
        #expect(keys.published().count == 2)
        try office.folder.write(good, file)
        try office.folder.setMode(0o600, file)
        try rotate(office)
        #expect(try keys.active(.es256).keyID != id)
    }

    @Test func `rotations at the same time each make one step`() async throws {
        let office = try TestOffice.initialized()
        let folder = office.keyFolder
        let active = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try folder.rotateTokenKeys(
                        algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now)
                    ).map(\.active)
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(active.count == 4)
        #expect(try keys(office).published().count == 6)
    }

    @Test func `opening does not stretch the passphrase for token keys`() throws {
        let office = try TestOffice.initialized()
        let reader = try office.open().reader
        let open = {
            _ = try OpenTokenKeys(reader, algorithms: [.es256], clock: FixedClock(TestOffice.now)).published()
        }
        let stretch = try ContinuousClock().measure {
            _ = try PassphraseStretching.key(from: reader.passphrase, salt: Array(0..<16))
        }
        let best = try #require(try (0..<5).map { _ in try ContinuousClock().measure(open) }.min())
        #expect(best < stretch / 2)
    }
}
