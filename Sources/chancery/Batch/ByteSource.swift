import Glibc

/// A file read piece by piece, so that memory does not follow its size.
final class ByteSource {
    private let descriptor: Int32
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)
    private var index = 0
    private var count = 0
    private(set) var consumed = 0
    /// Size of the file when it was opened.
    let total: Int

    init(_ path: String) throws(CommandFault) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFault(.inputMissing, "cannot read \(path): \(SystemFault.reason)") }
        var status = stat()
        total = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        guard status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw CommandFault(.inputMissing, "cannot read \(path): it is a folder")
        }
    }

    deinit {
        close(descriptor)
    }

    /// The part of the file that was consumed, 0 to 1.
    var fraction: Double { total > 0 ? Double(consumed) / Double(total) : 1 }

    /// The next byte, left where it is.
    func peek() throws(CommandFault) -> UInt8? {
        if index == count {
            repeat { count = unsafe read(descriptor, &chunk, chunk.count) } while count < 0 && errno == EINTR
            index = 0
            guard count >= 0 else {
                count = 0
                throw CommandFault(.inputOutput, "reading the input failed: \(SystemFault.reason)")
            }
        }
        return index < count ? chunk[index] : nil
    }

    func next() throws(CommandFault) -> UInt8? {
        guard let byte = try peek() else { return nil }
        index += 1
        consumed += 1
        return byte
    }

    /// Skips the UTF-8 byte order mark, which spreadsheets like to write.
    func skipByteOrderMark() throws(CommandFault) {
        guard try peek() == 0xEF, count >= 3, chunk[1] == 0xBB, chunk[2] == 0xBF else { return }
        index = 3
        consumed = 3
    }
}
