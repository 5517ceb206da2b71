import Glibc

/// Bounded reading of files that a person named.
enum InputFile {
    /// The whole of the file at `path`, or of standard input for `-`.
    ///
    /// - Throws: 66 when it is not there or cannot be read, 65 when it is larger than `limit` bytes.
    static func read(_ path: String, limit: Int) throws(CommandFault) -> [UInt8] {
        let bytes = try prefix(of: path, count: limit + 1)
        guard bytes.count <= limit else { throw CommandFault(.notUnderstood, "\(path) is larger than \(limit) bytes") }
        return bytes
    }

    /// At most the first `count` bytes.
    static func prefix(of path: String, count limit: Int) throws(CommandFault) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFault(.inputMissing, "cannot read \(path): \(SystemFault.reason)") }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFault(.inputMissing, "cannot read \(path): \(SystemFault.reason)") }
            bytes += chunk[..<min(count, limit - bytes.count)]
            if count == 0 || bytes.count == limit { return bytes }
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// The plain files of a folder in the order of their names.
    static func files(in folder: String) throws(CommandFault) -> [String] {
        guard let directory = unsafe opendir(folder) else {
            throw CommandFault(.inputMissing, "cannot read \(folder): \(SystemFault.reason)")
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix("."), !isFolder(folder + "/" + name) { names.append(folder + "/" + name) }
        }
        return names.sorted()
    }
}
