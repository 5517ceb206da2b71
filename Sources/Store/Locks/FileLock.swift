import Glibc

/// An exclusive `flock` on a file, held until the value goes or its process dies, however it dies.
final class FileLock: Sendable {
    enum Attempt {
        case taken(FileLock)
        case held
        /// There is no such file, and it was not to be made.
        case absent
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = Glibc.close(descriptor)
    }

    /// Tries once and does not wait.
    static func attempt(_ path: String, creating: Bool) throws(StoreFault) -> Attempt {
        // Not inherited: a child would hold the lock on.
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (creating ? O_CREAT : 0)
        let descriptor = unsafe Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else {
            if errno == ENOENT, !creating { return .absent }
            if errno == ENOSPC { throw .diskFull }
            throw .cannotOpen(path: path, reason: "the lock file cannot be opened")
        }
        let lock = FileLock(descriptor: descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { return .held }
            throw .cannotOpen(path: path, reason: "the file system does not lock")
        }
        return .taken(lock)
    }
}
