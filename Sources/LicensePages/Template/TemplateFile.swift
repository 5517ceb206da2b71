import Glibc

/// Why a file cannot be read.
struct FileFault: Error {
    let reason: String
}

/// Reads template files.
enum TemplateFile {
    /// The bytes of a regular file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(FileFault) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFault(reason: "cannot be read: \(reason(errno))") }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw FileFault(reason: "cannot be read: not a regular file")
        }
        guard facts.st_size <= limit else { throw FileFault(reason: "is longer than \(limit) bytes") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileFault(reason: "cannot be read: \(reason(errno))") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw FileFault(reason: "is longer than \(limit) bytes")
    }

    private static func reason(_ number: Int32) -> String {
        switch number {
        case ENOENT: "there is no such file"
        case EACCES: "permission denied"
        default: "error \(number)"
        }
    }
}
