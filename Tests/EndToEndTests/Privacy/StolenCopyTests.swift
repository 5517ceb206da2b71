import Foundation
import Primitives
import Testing

/// What a thief of the disk finds: no person, no picture, no key.
@Suite final class `A stolen copy` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    /// Every regular file under a folder.
    private func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        try FileManager.default.subpathsOfDirectory(atPath: office.file(folder).path).compactMap { name in
            let path = "\(folder)/\(name)"
            let type = try FileManager.default.attributesOfItem(atPath: office.file(path).path)[.type]
            guard type as? FileAttributeType == .typeRegular else { return nil }
            return (path, try office.bytes(path))
        }
    }

    /// A value in the encodings that a store might put it in.
    private func forms(_ value: String) -> [[UInt8]] {
        let bytes = Array(value.utf8)
        let wide = Array(value.utf16)
        return [
            bytes, wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
            wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
            Array(Base64.encode(bytes).utf8), Array(Base64.encodeURL(bytes).utf8),
            Array(Hexadecimal.encode(bytes).utf8),
            Array(Hexadecimal.encode(bytes).uppercased().utf8),
        ]
    }

    private func holds(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        let (haystack, wanted) = (Data(bytes), Data(needle))
        return haystack.range(of: wanted) != nil
    }

    @Test func `of database and write-ahead log shows no holder's name, id, address, date or picture`() throws {
        let photo = Array(
            try Data(contentsOf: Chancery.repository.appending(path: "policies/examples/photos/safety-officer.jpg")))
        for type in ["business-license", "food-permit", "safety-officer"] { _ = try office.issue(type) }
        let revoked = try office.issue()
        #expect(try office.run(["revoke", revoked, "--reason", "wrote to 卡娜莉 first"]).status == 0)
        // Killed at its end, so that the write-ahead log keeps what was not copied back.
        _ = try office.run(
            ["issue", "--type", "safety-officer", "--input", "policies/examples/safety-officer.json", "--out", "x"],
            environment: ["CHANCERY_TEST_STOP": "after-completing"])
        _ = try office.run(
            ["issue", "--type", "business-license", "--input", "policies/examples/business-license.json"],
            environment: ["CHANCERY_TEST_STOP": "after-reserving"])
        let stolen = try files("data")
        #expect(stolen.contains { $0.name.hasSuffix("-wal") && $0.bytes.count > 10_000 }, "a write-ahead log is there")
        let values =
            Canary.personal + [
                "91990100MA8C41P737", "示例市禾田餐饮管理有限公司", "示例市滨江区科创路88号", "Hetian Kitchen",
                "示例市长桥建设工程有限公司", "人民币伍佰万元整", "19860923",
            ]
        let pieces = stride(from: 20, to: photo.count - 48, by: photo.count / 12).map { Array(photo[$0..<($0 + 48)]) }
        for file in stolen {
            for value in values {
                for form in forms(value) { #expect(!holds(file.bytes, form), "\(value) in \(file.name)") }
            }
            for piece in pieces {
                #expect(!holds(file.bytes, piece), "a part of the photo in \(file.name)")
                #expect(!holds(file.bytes, Array(Base64.encode(piece).utf8)), "a part of the photo in \(file.name)")
            }
        }
        // The search finds what is in the clear.
        #expect(stolen.contains { holds($0.bytes, Array("safety-officer".utf8)) })
        #expect(stolen.contains { holds($0.bytes, Array(revoked.utf8)) })
    }

    @Test func `of the key folder opens nothing without the passphrase`() throws {
        let passphrase = try office.bytes("keys/private/passphrase").filter { $0 != 0x0A }
        #expect(passphrase.count >= 20)
        for file in try files("keys") where !file.name.hasSuffix("/passphrase") {
            #expect(!holds(file.bytes, passphrase), "\(file.name)")
            for mark in ["", "EC ", "RSA "].map({ "BEGIN \($0)PRIVATE KEY" }) {
                #expect(!holds(file.bytes, Array(mark.utf8)), "\(file.name)")
            }
            guard file.name.hasSuffix(".key") else { continue }
            #expect(holds(file.bytes, Array("BEGIN \("ENCRYPTED") PRIVATE KEY".utf8)), "\(file.name)")
            #expect(try openssl(file.name, "file:keys/private/passphrase"), "the passphrase opens \(file.name)")
            #expect(try !openssl(file.name, "pass:wrong"), "no other opens \(file.name)")
        }
        #expect(try files("keys").filter { $0.name.hasSuffix(".key") }.count >= 8)
    }

    private func openssl(_ key: String, _ password: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["pkey", "-in", key, "-noout", "-passin", password]
        process.currentDirectoryURL = office.folder
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test func `of a batch's own notes names nobody`() throws {
        var rows = [BatchTable.row(1), BatchTable.row(2)]
        rows[1][5] = "1986-09-31"
        try office.write(BatchTable.csv(rows), to: "rows.csv")
        #expect(try office.batch("rows.csv").status == 1)
        for name in ["issued/.batch/journal", "issued/.batch/id", "issued/issued.csv"] {
            let bytes = try office.bytes(name)
            for value in ["示例市第1号商店", "卡娜莉", BatchTable.code(1)] {
                for form in forms(value) { #expect(!holds(bytes, form), "\(value) in \(name)") }
            }
        }
    }
}
