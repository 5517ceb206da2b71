import Glibc

/// Whole-or-nothing writing: a reader sees the old file or the new one, never a half.
enum OutputFile {
    /// Writes `bytes` to `path` by way of a temporary file beside it.
    static func write(_ bytes: [UInt8], to path: String, isDurable: Bool = false) throws(CommandFault) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CommandFault(.inputOutput, "cannot write \(path): \(SystemFault.reason)") }
        var code: Int32 = all(bytes, to: descriptor) ? 0 : errno
        if code == 0, isDurable, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, unsafe rename(temporary, path) != 0 { code = errno }
        guard code != 0 else { return }
        unsafe unlink(temporary)
        throw CommandFault(.inputOutput, "cannot write \(path): \(SystemFault.reason(code))")
    }

    /// `false` with `errno` set when the system takes no more.
    static func all(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }
}

/// A folder that documents go to, made where it is missing and tried before anything is issued.
struct OutputFolder: Sendable {
    let path: String

    init(_ path: String) throws(CommandFault) {
        self.path = path
        try OutputFolder.make(path)
        let probe = "\(path)/.chancery-\(getpid())"
        let descriptor = unsafe open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFault(.inputOutput, "cannot write into \(path): \(SystemFault.reason)")
        }
        close(descriptor)
        unsafe unlink(probe)
    }

    /// Makes a folder and its parents.
    static func make(_ path: String) throws(CommandFault) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard unsafe mkdir(made, 0o755) != 0 else { continue }
            let code = errno
            guard InputFile.isFolder(made) else {
                throw CommandFault(.inputOutput, "cannot make the folder \(made): \(SystemFault.reason(code))")
            }
        }
    }

    func file(_ name: String) -> String { path + "/" + name }
}
