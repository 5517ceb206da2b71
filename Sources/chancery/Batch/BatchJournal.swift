import Glibc
import Licensing
import OpenSSLCrypto
import Primitives
import Synchronization

/// What an output folder remembers of its batch, in `.batch/`: a random id that is part of every idempotency key, and
/// which key became which number. Losing it costs only time as long as the id is there.
final class BatchJournal: Sendable {
    private let descriptor: Int32
    private let id: [UInt8]
    private let known: Mutex<[String: LicenseNumber]>

    init(_ folder: OutputFolder) throws(CommandFault) {
        try OutputFolder.make(folder.file(".batch"))
        id = try BatchJournal.id(folder.file(".batch/id"))
        let path = folder.file(".batch/journal")
        known = Mutex(InputFile.exists(path) ? try BatchJournal.read(path) : [:])
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFault(.inputOutput, "cannot write \(path): \(SystemFault.reason)") }
    }

    deinit {
        close(descriptor)
    }

    /// The same application of the same type gets the same key in this folder; its repetitions get others.
    func key(for application: JSONValue, type: LicenseType, occurrence: Int) -> String {
        let text = [type.id, String(occurrence), application.compactText].joined(separator: "\n")
        return "batch:" + Base64.encodeURL(Assembly.hashing.sha256([id[...], Array(text.utf8)[...]]).bytes)
    }

    func number(of key: String) -> LicenseNumber? { known.withLock { $0[key] } }

    /// Notes that the documents of `key` are written.
    func note(_ key: String, _ number: LicenseNumber) throws(CommandFault) {
        // One write of one line: after a stop the last line is whole or can be told from a whole one.
        guard OutputFile.all(Array("\(key) \(number)\n".utf8), to: descriptor) else {
            throw CommandFault(.inputOutput, "cannot write the batch's journal: \(SystemFault.reason)")
        }
        known.withLock { $0[key] = number }
    }

    private static func id(_ path: String) throws(CommandFault) -> [UInt8] {
        if InputFile.exists(path) {
            let text = String(decoding: try InputFile.read(path, limit: 64), as: UTF8.self)
            guard let id = Hexadecimal.decode(String(text.prefix(32))), id.count == 16 else {
                throw CommandFault(.inputOutput, "\(path) is damaged: it holds no batch id of 32 hexadecimal digits")
            }
            return id
        }
        let id = Assembly.randomness.bytes(16)
        try OutputFile.write(Array((Hexadecimal.encode(id) + "\n").utf8), to: path, isDurable: true)
        return id
    }

    private static func read(_ path: String) throws(CommandFault) -> [String: LicenseNumber] {
        let source = try ByteSource(path)
        var known: [String: LicenseNumber] = [:]
        var line: [UInt8] = []
        while let byte = try source.next() {
            guard byte == 0x0A else {
                line.append(byte)
                continue
            }
            let parts = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
            if parts.count == 2, let number = LicenseNumber(parts[1]) { known[parts[0]] = number }
            line.removeAll(keepingCapacity: true)
        }
        return known
    }
}
