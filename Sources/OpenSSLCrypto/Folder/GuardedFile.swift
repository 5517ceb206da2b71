import Glibc
import Primitives

/// A file of the key folder: read within limits, written whole or not at all.
struct GuardedFile {
    /// Who may see it.
    enum Secrecy {
        /// Only its owner: mode 0600, and no symbolic link that could point elsewhere.
        case ownerOnly
        /// Only its owner, but a link is followed: orchestrators mount secrets that way.
        case ownerOnlyLinked
        /// Anyone; mode 0644.
        case everyone
    }

    let path: String
    let secrecy: Secrecy

    init(_ path: String, _ secrecy: Secrecy) {
        (self.path, self.secrecy) = (path, secrecy)
    }

    /// Whether anything has this name, a broken link included.
    var isThere: Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// The whole content.
    ///
    /// - Parameter limit: more bytes are a fault.
    func read(limit: Int = 65_536) throws(KeyFolderFault) -> [UInt8] {
        // Without O_NONBLOCK a pipe in the file's place would hang the service.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (secrecy == .ownerOnly ? O_NOFOLLOW : 0)
        let descriptor = unsafe Glibc.open(path, flags)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw fault("is missing; `chancery init` makes what is not there")
            case ELOOP: throw fault("is a symbolic link; the file itself must stand here")
            default: throw systemFault("cannot be opened")
            }
        }
        defer { _ = Glibc.close(descriptor) }
        try checkStatus(of: descriptor, limit: limit)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw systemFault("cannot be read") }
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else { throw fault("is larger than \(limit) bytes") }
        }
    }

    private func checkStatus(of descriptor: Int32, limit: Int) throws(KeyFolderFault) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw systemFault("cannot be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw fault("is not a file") }
        if secrecy != .everyone, status.st_mode & 0o077 != 0 {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw fault("has mode 0\(mode), so others can reach it; set it to 0600 (chmod 600)")
        }
        guard status.st_size <= limit else { throw fault("is larger than \(limit) bytes") }
    }

    /// Puts `bytes` in the file's place; after a crash there is the old content or the new, never a part.
    ///
    /// - Throws: also when the file is there and `replacing` is false.
    func write(_ bytes: [UInt8], replacing: Bool = false) throws(KeyFolderFault) {
        guard replacing || !isThere else { throw fault("is there already and is not overwritten") }
        let temporary = "\(path).\(Hexadecimal.encode(OpenSSLRandomness().bytes(8))).tmp"
        let mode: mode_t = secrecy == .everyone ? 0o644 : 0o600
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = unsafe Glibc.open(temporary, flags, mode)
        guard descriptor >= 0 else { throw systemFault("cannot be made") }
        let isWritten = fchmod(descriptor, mode) == 0 && GuardedFile.put(bytes, to: descriptor)
        let isClosed = Glibc.close(descriptor) == 0
        guard isWritten, isClosed, unsafe rename(temporary, path) == 0 else {
            let problem = systemFault("cannot be written")
            _ = unsafe unlink(temporary)
            throw problem
        }
        try Folder(containing: path).synchronize()
    }

    /// Takes the file away; nothing happens where there is none.
    func remove() throws(KeyFolderFault) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw systemFault("cannot be removed") }
    }

    /// Writes and flushes to the disk.
    private static func put(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0
    }

    func fault(_ problem: String) -> KeyFolderFault { KeyFolderFault(path, problem) }

    private func systemFault(_ problem: String) -> KeyFolderFault { .system(path, problem) }
}

extension KeyFolderFault {
    /// With the system's own reason of the last call.
    static func system(_ file: String, _ problem: String) -> KeyFolderFault {
        let reason = unsafe String(cString: strerror(errno))
        return KeyFolderFault(file, "\(problem): \(reason)")
    }
}
