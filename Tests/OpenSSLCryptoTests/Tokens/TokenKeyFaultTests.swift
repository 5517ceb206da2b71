import Identity
import Primitives
import Testing

@testable import OpenSSLCrypto

/// Damage and change around token-signing keys: named, never covered by a new key.
struct TokenKeyFaultTests {
    private static let list = "keys/private/token-signing.json"

    private func fault(_ office: TestOffice, _ algorithms: Set<SignatureAlgorithm> = [.es256]) -> String? {
        do {
            _ = try office.open().tokenKeys(algorithms: algorithms, clock: FixedClock(TestOffice.now))
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func initialize(_ office: TestOffice, _ algorithms: Set<SignatureAlgorithm>) throws -> [String] {
        try office.keyFolder.initialize(
            authority: office.authority, departments: office.departments, issuerURL: TestOffice.issuerURL,
            tokenAlgorithms: algorithms, clock: FixedClock(TestOffice.now))
    }

    @Test func `a lost list is named, and init makes no new one`() throws {
        let office = try TestOffice.initialized()
        try office.folder.remove(TokenKeyFaultTests.list)
        #expect(fault(office)?.contains("token-signing.json: is missing") == true)
        #expect(throws: KeyFolderFault.self) { try office.initialize() }
    }

    @Test func `a lost key is named with its remedy`() throws {
        let office = try TestOffice.initialized()
        try office.folder.remove("keys/private/token-es256.key")
        #expect(fault(office)?.contains("token-es256.key: is missing") == true)
        _ = try office.keyFolder.rotateTokenKeys(
            algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now))
        #expect(fault(office) == nil, "a rotation does without it")
    }

    @Test func `a list that others can read, or that is cut short, is refused`() throws {
        let office = try TestOffice.initialized()
        try office.folder.setMode(0o644, TokenKeyFaultTests.list)
        #expect(fault(office)?.contains("has mode 0644") == true)
        let good = try office.folder.read(TokenKeyFaultTests.list)
        try office.folder.write(Array(good.prefix(good.count / 2)), TokenKeyFaultTests.list)
        try office.folder.setMode(0o600, TokenKeyFaultTests.list)
        #expect(fault(office)?.contains("is cut short") == true)
    }

    @Test func `a key in another's place does not sign`() throws {
        let office = try TestOffice.initialized()
        try office.folder.write(
            try office.folder.read("keys/private/token-es256.2.key"), "keys/private/token-es256.key")
        try office.folder.setMode(0o600, "keys/private/token-es256.key")
        let keys = try office.open().tokenKeys(algorithms: [.es256], clock: FixedClock(TestOffice.now))
        #expect(throws: KeyFolderFault.self) { try keys.active(.es256) }
    }

    @Test func `a portal with a new algorithm needs init, which adds its keys and changes no other`() throws {
        let office = try TestOffice.initialized()
        let before = try office.folder.snapshot()
        #expect(fault(office, [.es256, .eddsa])?.contains("no active key for EdDSA; `chancery init`") == true)
        #expect(try initialize(office, [.es256, .eddsa]).count == 2)
        #expect(fault(office, [.es256, .eddsa]) == nil)
        let after = try office.folder.snapshot()
        #expect(
            after.filter { before[$0.key] != nil && $0.key != TokenKeyFaultTests.list }
                == before.filter { $0.key != TokenKeyFaultTests.list })
        #expect(try initialize(office, [.es256, .eddsa]) == [])
        #expect(try office.folder.snapshot() == after)
    }

    @Test func `an algorithm that no portal asks for retires with the next rotation`() throws {
        let office = try TestOffice.initialized()
        _ = try initialize(office, [.es256, .eddsa])
        _ = try office.keyFolder.rotateTokenKeys(
            algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now))
        let states = try office.open().signOnKeys(at: TestOffice.now).filter { $0.algorithm == "EdDSA" }.map(\.state)
        #expect(states == [.retiring, .gone])
    }

    @Test func `a run that was cut off after making a key is gone on with`() throws {
        let office = try TestOffice.initialized()
        // As if a rotation had stopped between the key and the list.
        try office.folder.write(
            try office.folder.read("keys/private/token-es256.2.key"), "keys/private/token-es256.3.key")
        try office.folder.setMode(0o600, "keys/private/token-es256.3.key")
        #expect(try office.initialize() == [])
        _ = try office.keyFolder.rotateTokenKeys(
            algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now))
        #expect(fault(office) == nil)
        let files = try office.folder.snapshot().keys
        #expect(!files.contains("keys/private/token-es256.3.key") && files.contains("keys/private/token-es256.4.key"))
    }

    @Test func `a rotation under a wrong passphrase changes nothing`() throws {
        let office = try TestOffice.initialized()
        try office.folder.write(Array("another".utf8), "keys/private/passphrase")
        try office.folder.setMode(0o600, "keys/private/passphrase")
        let before = try office.folder.snapshot()
        #expect(throws: KeyFolderFault.self) {
            try office.keyFolder.rotateTokenKeys(
                algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now))
        }
        #expect(try office.folder.snapshot() == before)
    }

    @Test func `a next key does not sign while a list without it may be remembered, unless forced`() throws {
        let office = try TestOffice.initialized()
        let folder = office.keyFolder
        func rotate(after seconds: Int64, isForced: Bool = false) throws -> [TokenKeyRotation] {
            try folder.rotateTokenKeys(
                algorithms: [.es256], keptFor: 900, isForced: isForced,
                clock: FixedClock(TestOffice.now.adding(seconds: seconds)))
        }
        #expect(try rotate(after: 1).map(\.knownAt) == [nil], "init published both keys at once")
        let before = try office.folder.snapshot()
        let until = TestOffice.now.adding(seconds: 301)
        for seconds in [Int64(1), 2, 300] {
            #expect { try rotate(after: seconds) } throws: { ($0 as? UnknownNextKey)?.until == until }
        }
        #expect(try office.folder.snapshot() == before)
        #expect(try rotate(after: 301).map(\.knownAt) == [until])
        #expect(throws: UnknownNextKey.self) { try rotate(after: 302) }
        #expect(try rotate(after: 302, isForced: true).map(\.knownAt) == [TestOffice.now.adding(seconds: 601)])
    }

    @Test func `rotating without end is refused`() throws {
        let office = try TestOffice.initialized()
        var list = try office.open().reader.layout.readTokenKeyList()
        for number in 0..<TokenKeyList.maximumRetiring {
            var record = try #require(list.record(.es256, .active))
            record = TokenKeyRecord(
                algorithm: .es256, generation: 100 + number, publicKey: record.publicKey, keyID: record.keyID,
                publishedAt: record.publishedAt, state: .retiring, activeAt: TestOffice.now,
                retiredAt: TestOffice.now, goneAt: TestOffice.now.adding(seconds: 900))
            list.add(record)
        }
        try office.folder.write(list.file, TokenKeyFaultTests.list)
        try office.folder.setMode(0o600, TokenKeyFaultTests.list)
        #expect(throws: KeyFolderFault.self) {
            try office.keyFolder.rotateTokenKeys(
                algorithms: [.es256], keptFor: 900, clock: FixedClock(TestOffice.now))
        }
    }

    @Test func `a folder made before sign-on opens for licensing, and init adds what is missing`() throws {
        let office = try TestOffice.initialized()
        for file in ["sector-key.sealed", "token-signing.json", "token-es256.key", "token-es256.2.key"] {
            try office.folder.remove("keys/private/\(file)")
        }
        #expect(try office.open().signOnKeys(at: TestOffice.now) == [])
        #expect(fault(office) != nil)
        #expect(try office.initialize().count == 3)
        #expect(fault(office) == nil)
        _ = try office.open().sectorKeys()
    }
}
