package import Primitives

/// One check of who an account is.
package struct Proofing: Hashable, Sendable {
    package let level: Assurance
    package let at: Instant
    /// Who checked, for example `operator`.
    package let source: String
    /// How, for example `entered-by-operator`.
    package let method: String

    package init(level: Assurance, at: Instant, source: String, method: String) {
        (self.level, self.at, self.source, self.method) = (level, at, source, method)
    }
}
