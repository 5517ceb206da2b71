import Foundation
import PolicyFiles
import Testing

struct PolicyTextTests {
    private func faults(bytes: [UInt8]) throws -> [String] {
        var sample = PolicySample()
        sample.files["authority.yaml"] = bytes
        return try sample.faults()
    }

    private let valid = Array((PolicySample.valid["authority.yaml"] ?? "").utf8)

    @Test func `a byte order mark and Windows line ends are no fault`() throws {
        let windows = valid.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        #expect(try faults(bytes: [0xEF, 0xBB, 0xBF] + windows) == [])
        #expect(
            try faults(bytes: [0xEF, 0xBB, 0xBF] + windows + Array("x: 1\r\n".utf8)) == [
                "authority.yaml:4:1: unknown key `x`: known are `code`, `languages` and `name`"
            ])
    }

    @Test func `a file that is not UTF-8 is named with the place of its first bad byte`() throws {
        // 示例 in GBK; its first two bytes happen to be UTF-8 for another letter.
        let gbk = Array("name: {en: A, zh: ".utf8) + [0xCA, 0xBE, 0xC0, 0xFD] + Array("}\n".utf8)
        #expect(
            try faults(bytes: Array("# 示例\n".utf8) + gbk) == [
                "authority.yaml:2:20: this file is not UTF-8: save it so"
            ])
        #expect(
            try faults(bytes: [0xFF, 0xFE, 0x6E, 0x00]) == ["authority.yaml:1:1: this file is not UTF-8: save it so"])
    }

    @Test func `a control character is named`() throws {
        #expect(
            try faults(bytes: valid + Array("# a\u{1}b\n".utf8)) == [
                "authority.yaml:4:4: the control character U+1 cannot stand in YAML: take it out"
            ])
    }

    @Test func `a file over 1 MiB is refused unread`() throws {
        #expect(
            try faults(bytes: valid + [UInt8](repeating: 0x23, count: 1 << 20)) == [
                "authority.yaml:1:1: the file has 1048661 bytes: at most 1048576 are read"
            ])
    }

    @Test func `a folder with the name of a file is a fault`() throws {
        var sample = PolicySample()
        sample.files["departments/trade.yaml/"] = []
        sample.files["authority.yaml"] = nil
        sample.files["authority.yaml/"] = []
        #expect(
            try sample.faults() == [
                "authority.yaml:1:1: this file is missing: it names the authority with `name`, `code` and `languages`",
                "departments/trade.yaml:1:1: this folder is not read: a department is a file `departments/<id>.yaml`",
            ])
    }

    @Test func `a link to a file is followed, a link to nothing is a fault`() throws {
        var sample = PolicySample()
        sample.files["authority.yaml"] = nil
        sample.files["..data/authority.yaml"] = valid
        let found = try sample.onDisk { path in
            try FileManager.default.createSymbolicLink(
                atPath: path + "/authority.yaml", withDestinationPath: "..data/authority.yaml")
            _ = try PolicyFolder.load(path)
            try FileManager.default.createSymbolicLink(
                atPath: path + "/departments/trade.yaml", withDestinationPath: "gone.yaml")
            let error = try #require(throws: PolicyFaults.self) { try PolicyFolder.load(path) }
            return error.faults.map { $0.description.replacingOccurrences(of: path + "/", with: "") }
        }
        #expect(
            found == [
                "departments/trade.yaml:1:1: this file cannot be looked at: check that it exists and who may read it"
            ])
    }

    @Test func `an empty file is a fault`() throws {
        let problem = "the file is empty: it must give a map, for example `name: {en: Example}`"
        #expect(try faults(bytes: []) == ["authority.yaml:1:1: \(problem)"])
        #expect(try faults(bytes: Array("# nothing\n".utf8)) == ["authority.yaml:1:1: \(problem)"])
    }
}
