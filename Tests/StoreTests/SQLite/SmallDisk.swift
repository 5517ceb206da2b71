import Foundation

/// A file system in memory with little room, for those who may mount one.
final class SmallDisk: Sendable {
    /// Root in a container often may not.
    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk(kilobytes: 64) else { return false }
        return FileManager.default.fileExists(atPath: disk.folder.path)
    }()

    struct Refused: Error {}

    let folder: URL

    init(kilobytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("chancery-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard SmallDisk.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path]) else {
            try FileManager.default.removeItem(at: folder)
            throw Refused()
        }
    }

    deinit {
        _ = SmallDisk.run("umount", ["-l", folder.path])
        try? FileManager.default.removeItem(at: folder)
    }

    func makeReadOnly() throws {
        guard SmallDisk.run("mount", ["-o", "remount,ro", folder.path]) else { throw Refused() }
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
