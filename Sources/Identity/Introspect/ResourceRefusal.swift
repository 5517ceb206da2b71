/// Why an access token does not open a door of this provider.
package enum ResourceRefusal: Error, Hashable, Sendable {
    /// There is none.
    case missing
    /// In header and form at once, or in a header that cannot be read.
    case malformed
    /// Unknown, too old, revoked, for somebody else, or its grant, session or account is over.
    case token
    /// A token that is bound to a key came as a bearer token, or the other way round.
    case scheme
    case proof(DPoPFault, nonce: String)
    /// The scope that was needed.
    case scope(String)
}
