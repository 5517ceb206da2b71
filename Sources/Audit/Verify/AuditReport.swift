package import Primitives

/// What checking a whole log found.
package struct AuditReport: Hashable, Sendable {
    /// Entries found sound, from the first.
    package let size: Int
    /// The root over those entries.
    package let root: Digest
    /// Index from 0 of the first entry that is wrong, missing or not covered; `nil` when none can be named.
    package let firstBadEntry: Int?
    /// What is wrong, in plain words and without values; `nil` when all is sound.
    package let problem: String?

    package init(size: Int, root: Digest, firstBadEntry: Int?, problem: String?) {
        (self.size, self.root, self.firstBadEntry, self.problem) = (size, root, firstBadEntry, problem)
    }

    package var isSound: Bool { problem == nil }
}
