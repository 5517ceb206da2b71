import Foundation
import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

/// Damage done to a good folder: each must be named, and none repaired by a new key.
struct KeyFolderFaultTests {
    private static let keys = [
        "private/data-key.sealed", "private/audit-log.key", "private/root.key", "private/issuing-ca.key",
        "private/time-stamp.key", "private/authority.key", "private/signer-market.key",
    ]
    private static let certificates = [
        "trust/root.pem", "certificates/issuing-ca.pem", "certificates/time-stamp.pem", "certificates/authority.pem",
        "certificates/signer-market.pem", "audit-log.pub",
    ]

    private func office() throws -> TestOffice {
        try TestOffice.initialized()
    }

    /// One line that names the file.
    private func expectFault(_ office: TestOffice, _ file: String, says word: String) {
        let fault = office.fault()
        #expect(fault?.contains("keys/\(file): ") == true, "\(fault ?? "it opens")")
        #expect(fault?.contains(word) == true, "\(fault ?? "it opens")")
        #expect(fault?.contains("\n") == false)
    }

    @Test(arguments: keys + certificates + ["private/passphrase"])
    func `a missing file is named`(file: String) throws {
        let office = try office()
        try office.folder.remove("keys/\(file)")
        expectFault(office, file, says: "is missing")
    }

    @Test(arguments: keys + ["private/passphrase", "trust/root.pem"])
    func `init makes no new key over a loss and changes nothing`(file: String) throws {
        let office = try office()
        try office.folder.remove("keys/\(file)")
        let before = try office.folder.snapshot()
        #expect(throws: KeyFolderFault.self) { try office.initialize() }
        #expect(try office.folder.snapshot() == before)
    }

    @Test func `init makes lost certificates again for the keys that are there`() throws {
        let office = try office()
        let before = try office.folder.snapshot()
        for file in ["certificates/time-stamp.pem", "certificates/signer-market.pem", "audit-log.pub"] {
            try office.folder.remove("keys/\(file)")
        }
        #expect(try office.initialize().count == 3)
        _ = try office.open().timeStampSigner(at: TestOffice.now)
        let after = try office.folder.snapshot()
        #expect(after["keys/audit-log.pub"] == before["keys/audit-log.pub"])
        for key in Self.keys { #expect(after["keys/\(key)"] == before["keys/\(key)"]) }
    }

    @Test(arguments: keys + certificates)
    func `a file that was cut short is named`(file: String) throws {
        let office = try office()
        let bytes = try office.folder.read("keys/\(file)")
        try office.folder.write(Array(bytes.prefix(bytes.count / 2)), "keys/\(file)")
        if file.hasPrefix("private/") { try office.folder.setMode(0o600, "keys/\(file)") }
        expectFault(office, file, says: "is cut short")
        try office.folder.write([], "keys/\(file)")
        if file.hasPrefix("private/") { try office.folder.setMode(0o600, "keys/\(file)") }
        expectFault(office, file, says: "is cut short")
    }

    @Test(arguments: keys + ["private/passphrase"], [0o644, 0o640, 0o602])
    func `a key that others can reach is refused`(file: String, mode: Int) throws {
        let office = try office()
        try office.folder.setMode(mode, "keys/\(file)")
        expectFault(office, file, says: "has mode 0\(String(mode, radix: 8))")
    }

    @Test func `a private folder that others can reach is refused`() throws {
        let office = try office()
        try office.folder.setMode(0o755, "keys/private")
        expectFault(office, "private", says: "has mode 0755")
    }

    @Test func `a wrong passphrase is said at once and changes nothing`() throws {
        let office = try office()
        try office.folder.write(Array("another".utf8), "keys/private/passphrase")
        try office.folder.setMode(0o600, "keys/private/passphrase")
        expectFault(office, "private/data-key.sealed", says: "does not open with this passphrase")
        let before = try office.folder.snapshot()
        let more = office.departments + [try TestOffice.department("health", .es256)]
        #expect(throws: KeyFolderFault.self) { try office.initialize(more) }
        #expect(try office.folder.snapshot() == before)
    }

    @Test func `an empty passphrase file is refused`() throws {
        let office = try office()
        try office.folder.write([0x0A], "keys/private/passphrase")
        try office.folder.setMode(0o600, "keys/private/passphrase")
        expectFault(office, "private/passphrase", says: "is empty")
    }

    @Test func `a key file encrypted under another passphrase is named when it first signs`() throws {
        let (office, other) = (try office(), try TestOffice())
        try other.initialize()
        let file = "keys/private/signer-market.key"
        try office.folder.write(try other.folder.read(file), file)
        try office.folder.setMode(0o600, file)
        let open = try office.open()
        let fault = #expect(throws: KeyFolderFault.self) {
            try open.documentSigner(department: "market", at: TestOffice.now)
        }
        #expect(fault?.description.contains("signer-market.key: does not open") == true)
    }

    @Test func `a key that is not its certificate's is refused`() throws {
        let office = try office()
        try office.folder.write(
            try office.folder.read("keys/private/time-stamp.key"), "keys/private/signer-market.key")
        try office.folder.setMode(0o600, "keys/private/signer-market.key")
        let open = try office.open()
        #expect(throws: KeyFolderFault.self) { try open.documentSigner(department: "market", at: TestOffice.now) }
    }

    @Test func `a symbolic link, a folder and a pipe in a key's place are refused`() throws {
        let office = try office()
        let file = "keys/private/root.key"
        let path = "\(office.folder.path)/\(file)"
        try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + ".moved")
        expectFault(office, "private/root.key", says: "is a symbolic link")
        try office.folder.remove(file)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        expectFault(office, "private/root.key", says: "is not a file")
        try office.folder.remove(file)
        #expect(unsafe mkfifo(path, 0o600) == 0)
        expectFault(office, "private/root.key", says: "is not a file")
    }

    @Test func `a file of absurd size is not read`() throws {
        let office = try office()
        try office.folder.write([UInt8](repeating: 0x41, count: 200_000), "keys/private/root.key")
        try office.folder.setMode(0o600, "keys/private/root.key")
        expectFault(office, "private/root.key", says: "is larger than")
    }

    @Test func `a passphrase elsewhere may be a link, as orchestrators mount secrets`() throws {
        let office = try TestOffice()
        try office.folder.write(Array("long enough\r\n".utf8), "secret")
        try office.folder.setMode(0o600, "secret")
        let link = "\(office.folder.path)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(office.folder.path)/secret")
        let folder = KeyFolder(path: "\(office.folder.path)/keys/", passphraseFile: link)
        let lines = try folder.initialize(
            authority: office.authority, departments: [], issuerURL: "http://localhost:8080",
            clock: FixedClock(TestOffice.now))
        #expect(!lines.contains { $0.contains("passphrase") })
        _ = try folder.open(authority: office.authority, departments: [], at: TestOffice.now)
        try office.folder.setMode(0o644, "secret")
        #expect(throws: KeyFolderFault.self) {
            try folder.open(authority: office.authority, departments: [], at: TestOffice.now)
        }
    }

    @Test(arguments: ["../evil", "a/b", "", "x.2", ".hidden"])
    func `a department id that is no file name makes no file`(id: String) throws {
        let office = try TestOffice(departments: 0)
        #expect(throws: KeyFolderFault.self) { try office.initialize([try TestOffice.department(id, .es256)]) }
        #expect(try !office.folder.snapshot().keys.contains { $0.contains("signer-") })
    }

    @Test func `runs at the same time make one set of keys`() async throws {
        let office = try TestOffice()
        let folder = office.keyFolder
        let (authority, departments) = (office.authority, office.departments)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try folder.initialize(
                        authority: authority, departments: departments, issuerURL: TestOffice.issuerURL,
                        clock: FixedClock(TestOffice.now)
                    ).filter { $0.contains(".key: ") }.count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(counts == 8)
        _ = try office.open().documentSigner(department: "market", at: TestOffice.now)
    }
}
