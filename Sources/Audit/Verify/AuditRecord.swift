/// One entry as it was found in storage, not yet trusted.
package struct AuditRecord: Hashable, Sendable {
    /// What was found behind the leaf's commitment.
    package enum Body: Hashable, Sendable {
        case present(salt: [UInt8], encoded: [UInt8])
        case missing
        /// There, but it could not be decrypted.
        case unreadable
    }

    /// The index it is stored under.
    package let sequence: Int
    package let leaf: [UInt8]
    package let body: Body

    package init(sequence: Int, leaf: [UInt8], body: Body) {
        (self.sequence, self.leaf, self.body) = (sequence, leaf, body)
    }
}

/// A checkpoint as it was found in storage, not yet trusted.
package struct StoredCheckpoint: Hashable, Sendable {
    package let size: Int
    package let root: [UInt8]
    /// The signed note.
    package let note: [UInt8]

    package init(size: Int, root: [UInt8], note: [UInt8]) {
        (self.size, self.root, self.note) = (size, root, note)
    }
}
