package import Primitives

/// What a log says of itself at one size (C2SP tlog-checkpoint).
package struct AuditCheckpoint: Hashable, Sendable {
    package let origin: String
    /// Entries in the log.
    package let size: Int
    /// Over those entries.
    package let root: Digest

    package init(origin: String, size: Int, root: Digest) {
        (self.origin, self.size, self.root) = (origin, size, root)
    }

    /// The signed text: three lines, each with its line break.
    package var text: String {
        "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
    }

    /// The checkpoint as a signed note (C2SP signed-note): text, empty line, `— name base64(key id ‖ signature)`.
    ///
    /// - Throws: what the signer throws.
    package func signed(with key: AuditLogKey, hashing: any Hashing) throws -> String {
        let signature = try key.signer.signature(over: Array(text.utf8))
        let line = Base64.encode(key.identity.keyID(hashing: hashing) + signature)
        return "\(text)\n\u{2014} \(key.identity.origin) \(line)\n"
    }
}
