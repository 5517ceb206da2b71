import Glibc

/// A directory of the key folder.
struct Folder {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// The folder a file stands in.
    init(containing file: String) {
        let parent = file.lastIndex(of: "/").map { file[..<$0] }
        path = parent.map { $0.isEmpty ? "/" : String($0) } ?? "."
    }

    /// Makes the folder and those above it where they are missing; what is there keeps its mode.
    ///
    /// - Returns: whether it was made.
    func make(mode: mode_t) throws(KeyFolderFault) -> Bool {
        var status = stat()
        if unsafe stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw KeyFolderFault(path, "is not a folder") }
            return false
        }
        guard errno == ENOENT else { throw .system(path, "cannot be examined") }
        let parent = Folder(containing: path)
        if parent.path != path { _ = try parent.make(mode: 0o755) }
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else { throw .system(path, "cannot be made") }
        return true
    }

    /// Refuses a folder in which others could exchange files.
    func checkPrivate() throws(KeyFolderFault) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .system(path, "cannot be examined") }
            throw KeyFolderFault(path, "is missing; `chancery init` makes what is not there")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw KeyFolderFault(path, "is not a folder") }
        guard status.st_mode & 0o027 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw KeyFolderFault(path, "has mode 0\(mode), so others can reach it; set it to 0700 (chmod 700)")
        }
    }

    /// Names in the folder that end so, sorted; none when there is no folder.
    func names(ending suffix: String) throws(KeyFolderFault) -> [String] {
        guard let directory = unsafe opendir(path) else {
            guard errno == ENOENT else { throw .system(path, "cannot be listed") }
            return []
        }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name.hasSuffix(suffix), !name.hasPrefix(".") else { continue }
            guard names.count < 10_000 else { throw KeyFolderFault(path, "holds more than 10000 files") }
            names.append(name)
        }
        return names.sorted()
    }

    /// Makes a rename inside survive a power cut.
    func synchronize() throws(KeyFolderFault) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path, "cannot be opened") }
        defer { _ = Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(path, "cannot be flushed to the disk") }
    }

    /// Runs `work` while no other process that does the same runs it; the lock dies with its holder.
    func exclusively<Result>(_ work: () throws -> Result) throws -> Result {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw KeyFolderFault.system(path, "cannot be opened") }
        defer { _ = Glibc.close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw KeyFolderFault.system(path, "cannot be locked") }
        }
        return try work()
    }
}
