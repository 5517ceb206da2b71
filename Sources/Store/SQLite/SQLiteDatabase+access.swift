import Glibc

extension SQLiteDatabase {
    /// Why SQLite gave a file up that is there: with a write-ahead log, readers too put a file beside it.
    static func unreadableReason(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard unsafe access(folder.isEmpty ? "/" : folder, W_OK) == 0 else {
            return "its folder cannot be written, which reading needs too; copy the database elsewhere"
        }
        return "the file cannot be opened or read"
    }

    /// Looks at the file before SQLite does, for a clear reason, and creates it for its owner only.
    static func checkAccess(to path: String, mode: StoreMode) throws(StoreFault) {
        let flags = mode == .readWrite ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC
        let descriptor = unsafe Glibc.open(path, flags, 0o600)
        guard descriptor < 0 else {
            defer { _ = Glibc.close(descriptor) }
            var status = stat()
            guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
            throw .cannotOpen(path: path, reason: "it is a folder")
        }
        switch errno {
        case EROFS, EPERM: throw .readOnly
        case EACCES where unsafe mode == .readWrite && Glibc.access(path, R_OK) == 0: throw .readOnly
        case EACCES: throw .cannotOpen(path: path, reason: "permission denied")
        case ENOENT where mode == .readWrite: throw .cannotOpen(path: path, reason: "there is no such folder")
        case ENOENT: throw .cannotOpen(path: path, reason: "there is no such file")
        case EISDIR: throw .cannotOpen(path: path, reason: "it is a folder")
        case ENOSPC: throw .diskFull
        default: throw .cannotOpen(path: path, reason: "the system refuses (error \(errno))")
        }
    }
}
