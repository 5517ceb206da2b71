/// Where a license stands in the register.
package enum LicenseState: String, Hashable, Sendable, CaseIterable {
    /// Number and intent stored, documents not yet.
    case pending
    case valid
    case suspended
    case revoked
    case cancelled
    case superseded
    /// The number was given up before a document existed; it is never used again.
    case void
}
