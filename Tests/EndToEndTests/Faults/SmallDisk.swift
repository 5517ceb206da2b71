import Foundation
import Glibc

/// A small file system of its own, for disks that fill up or cannot be written. Only root can have one.
final class SmallDisk {
    let folder: URL

    /// Whether this process may mount; tried, because a container's root often may not.
    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk(kibibytes: 64) else { return false }
        return FileManager.default.fileExists(atPath: disk.folder.path)
    }()

    init(kibibytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try SmallDisk.mount(["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.path])
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    deinit {
        let unmount = Process()
        unmount.executableURL = URL(fileURLWithPath: "/bin/umount")
        unmount.arguments = ["--lazy", folder.path]
        try? unmount.run()
        unmount.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func mount(_ arguments: [String]) throws {
        let mount = Process()
        mount.executableURL = URL(fileURLWithPath: "/bin/mount")
        mount.arguments = arguments
        (mount.standardError, mount.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try mount.run()
        mount.waitUntilExit()
        guard mount.terminationStatus == 0 else { throw Misfortune("cannot mount") }
    }

    func setReadOnly(_ isReadOnly: Bool) throws {
        try SmallDisk.mount(["-o", "remount,\(isReadOnly ? "ro" : "rw")", folder.path])
    }

    private var ballast: URL { folder.appending(path: "ballast") }

    /// Fills the disk until only `bytes` are left.
    func fill(leaving bytes: Int = 0) throws {
        var state = statvfs()
        guard unsafe statvfs(folder.path, &state) == 0 else { throw Misfortune("no statvfs") }
        let free = Int(state.f_bavail) * Int(state.f_bsize)
        _ = FileManager.default.createFile(atPath: ballast.path, contents: Data(count: max(0, free - bytes)))
    }

    func empty() throws { try FileManager.default.removeItem(at: ballast) }
}
