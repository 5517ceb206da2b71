import Primitives

/// One token-signing key as the state file tells of it: its public half and where it is in its life.
struct TokenKeyRecord: Hashable, Sendable {
    let algorithm: SignatureAlgorithm
    /// From 1, counted for each algorithm.
    let generation: Int
    /// DER SubjectPublicKeyInfo.
    let publicKey: [UInt8]
    /// `kid`: the key's thumbprint (RFC 7638).
    let keyID: String
    let publishedAt: Instant
    var state: KeyState = .next
    /// When it began to sign.
    var activeAt: Instant?
    /// When it stopped.
    var retiredAt: Instant?
    /// First moment at which it is gone; of a retiring key only.
    var goneAt: Instant?

    /// Whether it stands in `/jwks` at a moment.
    func isPublished(at: Instant) -> Bool {
        switch state {
        case .next, .active: true
        case .retiring: goneAt.map { at < $0 } ?? true
        case .gone: false
        }
    }
}
