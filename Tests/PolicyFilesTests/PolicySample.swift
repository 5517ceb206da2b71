import Foundation
import PolicyFiles
import Testing

/// A small policy folder without a fault, to be broken in one place.
struct PolicySample {
    /// By path inside the folder.
    var files: [String: [UInt8]] = PolicySample.valid.mapValues { Array($0.utf8) }

    static let type = "licenses/market-stall/type.yaml"

    static let valid = [
        "authority.yaml": """
        name: {en: Example City, zh: 示例市}
        code: 11100000000013338W
        languages: [zh, en]

        """,
        "departments/market-regulation.yaml": """
        name: {en: Market Regulation Bureau}
        code: 11110000000021135M

        """,
        type: """
        code: 11100000000013338W004
        name: {en: Market Stall Permit}
        departments: [market-regulation]
        holder: either
        validity: {years: 1}
        fields:
          - {name: stall, label: {en: Stall}, type: text, required: true}
          - {name: closesOn, label: {en: Closes on}, type: date, required: true}
        pages: {en: page.svg}

        """,
        "licenses/market-stall/page.svg": "<svg/>",
    ]

    /// The sample with the only `old` in `file` replaced; an empty `old` means the whole file.
    static func changing(_ file: String, _ old: String = "", to new: String) throws -> PolicySample {
        var sample = PolicySample()
        let text = try #require(valid[file])
        #expect(old.isEmpty || text.components(separatedBy: old).count == 2, "`\(old)` stands once in \(file)")
        sample.files[file] = Array((old.isEmpty ? new : text.replacingOccurrences(of: old, with: new)).utf8)
        return sample
    }

    /// What `run` makes of the folder on disk.
    func onDisk<Result>(_ run: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            // A name ending in a slash is an empty folder.
            if name.hasSuffix("/") {
                try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            } else {
                try Data(bytes).write(to: file)
            }
        }
        return try run(folder.path)
    }

    /// Every fault as it is printed, without the folder's own path.
    func faults(issuer: String? = nil) throws -> [String] {
        try onDisk { path in
            do throws(PolicyFaults) {
                _ = try PolicyFolder.load(path, issuer: issuer)
                return []
            } catch {
                return error.faults.map { $0.description.replacingOccurrences(of: path + "/", with: "") }
            }
        }
    }
}

/// The faults of the sample after one change.
func faults(_ file: String, _ old: String = "", to new: String) throws -> [String] {
    try PolicySample.changing(file, old, to: new).faults()
}
