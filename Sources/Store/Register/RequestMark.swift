import Primitives

/// By what a repeated request is known again. Keyed hashes: callers may put names into keys, and applications hold them.
struct RequestMark: Hashable, Sendable {
    /// Of the idempotency key.
    let key: Digest
    /// Of the application, its type and its department.
    let content: Digest
}
