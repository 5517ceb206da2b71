/// Port: encryption at rest under the data key, and keyed look-up values that reveal nothing without it.
package protocol Sealing: Sendable {
    /// AES-256-GCM with a fresh nonce. `context` (for example `license/<number>`) is authenticated, not stored.
    func seal(_ plaintext: Secret, context: String) throws -> [UInt8]
    /// Throws when the key is another, the context differs or a bit was changed.
    func open(_ sealed: [UInt8], context: String) throws -> Secret
    /// HMAC-SHA-256 of `value` under a key of its own for `purpose`: equal values give equal results.
    func lookupValue(of value: Secret, purpose: String) -> Digest
}
