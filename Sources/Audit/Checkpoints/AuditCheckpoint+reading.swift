package import Primitives

/// Why a note is not a checkpoint of the log it should be of.
package enum CheckpointFault: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed
    /// It names another log.
    case otherLog
    /// The log's key has not signed it.
    case unsigned
    /// The log's signature does not fit the text.
    case wrongSignature

    package var description: String {
        switch self {
        case .malformed: "it is not a signed note of three lines"
        case .otherLog: "it is of another log"
        case .unsigned: "the log's key has not signed it"
        case .wrongSignature: "its signature is wrong"
        }
    }
}

extension AuditCheckpoint {
    private static let maximumLength = 65_536
    private static let signatureMark = "\u{2014} "

    /// Reads a signed note and checks the log's own signature; other signatures (witnesses) are let be.
    ///
    /// - Parameter note: UTF-8, at most 64 KiB.
    package init(
        note: [UInt8], of log: AuditLogIdentity, hashing: any Hashing, verifier: any SignatureVerifier
    ) throws(CheckpointFault) {
        guard let lines = AuditCheckpoint.lines(of: note) else { throw .malformed }
        // Three lines, an empty one, signatures, and nothing after the last line break. Comparing bytes, not
        // characters: Unicode-equal texts are different notes.
        guard lines.count >= 6, lines[3].isEmpty, lines.last?.isEmpty == true,
            let size = Int(lines[1]), size >= 0, Array(lines[1].utf8) == Array(String(size).utf8),
            let root = Base64.decode(lines[2]).flatMap({ Digest($0) })
        else { throw .malformed }
        guard Array(lines[0].utf8) == Array(log.origin.utf8) else { throw .otherLog }
        self.init(origin: log.origin, size: size, root: root)
        guard note.starts(with: Array(text.utf8)) else { throw .malformed }
        let signatures = try AuditCheckpoint.signatures(lines[4..<(lines.count - 1)], of: log, hashing: hashing)
        guard let signature = signatures.first else { throw .unsigned }
        let isValid = verifier.isValid(
            signature, over: Array(text.utf8), scheme: SignatureAlgorithm.eddsa.scheme,
            publicKey: log.subjectPublicKeyInfo)
        guard isValid, signatures.count == 1 else { throw .wrongSignature }
    }

    /// The name that a note has in its first line; nothing is checked. `nil` when it is no signed note.
    package static func origin(of note: [UInt8]) -> String? {
        guard let lines = lines(of: note), lines.count >= 6, lines[3].isEmpty else { return nil }
        return String(lines[0])
    }

    /// Whether a note has a signature line with the log's name and key id; the signature itself is not checked.
    package static func isNote(_ note: [UInt8], by log: AuditLogIdentity, hashing: any Hashing) -> Bool {
        guard origin(of: note) == log.origin, let lines = lines(of: note) else { return false }
        let found = try? signatures(lines[4..<(lines.count - 1)], of: log, hashing: hashing)
        return found?.isEmpty == false
    }

    private static func lines(of note: [UInt8]) -> [Substring]? {
        guard note.count <= maximumLength else { return nil }
        return String(validating: note, as: UTF8.self)?.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The signature bytes of lines with the log's name and key id.
    private static func signatures(
        _ lines: ArraySlice<Substring>, of log: AuditLogIdentity, hashing: any Hashing
    ) throws(CheckpointFault) -> [[UInt8]] {
        let keyID = log.keyID(hashing: hashing)
        var found: [[UInt8]] = []
        for line in lines {
            let parts = line.dropFirst(signatureMark.count).split(separator: " ", omittingEmptySubsequences: false)
            guard line.hasPrefix(signatureMark), parts.count == 2, !parts[0].isEmpty,
                let bytes = Base64.decode(parts[1]), bytes.count > 4
            else { throw .malformed }
            guard parts[0] == log.origin, Array(bytes.prefix(4)) == keyID else { continue }
            found.append(Array(bytes.dropFirst(4)))
        }
        return found
    }
}
