import Identity
import Primitives
import Testing

@testable import OpenSSLCrypto

struct SubjectNamingTests {
    private func account(_ byte: UInt8) throws -> Identifier<Account> {
        try #require(Identifier(bytes: Array(repeating: byte, count: 16)))
    }

    @Test func `a name is the HMAC over sector and account`() throws {
        let keys = SectorKeys([1: Secret(Array(repeating: 7, count: 32))], folder: "keys")
        let name = try keys.subject(of: try account(1), sector: "commerce", version: 1)
        // Python: hmac.new(b'\7' * 32, b'commerce\0' + b'\1' * 16, sha256), base64url.
        #expect(name == "owkAsVUoRD_srJxu_0P2uytEhKcgX79koAuX9Zc8cwI")
    }

    @Test func `sectors, accounts and versions have names of their own, and the same ones each time`() throws {
        let keys = SectorKeys(
            [1: Secret(Array(repeating: 1, count: 32)), 2: Secret(Array(repeating: 2, count: 32))], folder: "keys")
        #expect(keys.currentVersion == 2)
        var names: Set<String> = []
        for (byte, sector, version) in [(UInt8(1), "a", 1), (2, "a", 1), (1, "b", 1), (1, "a", 2), (1, "a\0", 1)] {
            let name = try keys.subject(of: try account(byte), sector: sector, version: version)
            #expect(name.utf8.count == 43)
            #expect(try keys.subject(of: try account(byte), sector: sector, version: version) == name)
            names.insert(name)
        }
        #expect(names.count == 5)
    }

    @Test func `a version without a key is a fault`() throws {
        let keys = SectorKeys([1: Secret(Array(repeating: 1, count: 32))], folder: "keys")
        let account = try account(1)
        #expect(throws: KeyFolderFault.self) { try keys.subject(of: account, sector: "a", version: 2) }
    }

    @Test func `the folder's key gives the same names each time it opens`() throws {
        let office = try TestOffice.initialized()
        let account = try account(9)
        let name = try office.open().sectorKeys().subject(of: account, sector: "commerce", version: 1)
        try office.initialize()
        #expect(try office.open().sectorKeys().subject(of: account, sector: "commerce", version: 1) == name)
        let other = try TestOffice()
        try other.initialize()
        #expect(try other.open().sectorKeys().subject(of: account, sector: "commerce", version: 1) != name)
    }

    @Test func `a lost sector key is named and never made again`() throws {
        let office = try TestOffice.initialized()
        try office.folder.remove("keys/private/sector-key.sealed")
        #expect(throws: KeyFolderFault.self) { try office.open().sectorKeys() }
        let fault = #expect(throws: KeyFolderFault.self) { try office.initialize() }
        #expect(fault?.description.contains("sector-key.sealed: is missing") == true)
    }

    @Test func `a changed sector key does not open`() throws {
        let office = try TestOffice.initialized()
        let file = "keys/private/sector-key.sealed"
        let text = String(decoding: try office.folder.read(file), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let body = lines[1].first == "A" ? "B" + lines[1].dropFirst() : "A" + lines[1].dropFirst()
        try office.folder.write(Array(text.replacing(lines[1], with: body).utf8), file)
        try office.folder.setMode(0o600, file)
        #expect(throws: KeyFolderFault.self) { try office.open().sectorKeys() }
    }

    @Test func `token MACs differ by purpose, message and data key`() {
        let mac = DerivedTokenMAC(dataKey: Secret(Array(repeating: 1, count: 32)))
        let other = DerivedTokenMAC(dataKey: Secret(Array(repeating: 2, count: 32)))
        let values = [
            mac.mac([1], purpose: "refresh"), mac.mac([2], purpose: "refresh"), mac.mac([1], purpose: "flow"),
            other.mac([1], purpose: "refresh"),
        ]
        #expect(Set(values).count == 4 && values.allSatisfy { $0.count == 32 })
        #expect(mac.mac([1], purpose: "refresh") == values[0])
    }
}
