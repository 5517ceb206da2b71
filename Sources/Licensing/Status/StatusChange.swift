/// What a department may do to a license it issued.
package enum StatusChange: String, Hashable, Sendable, CaseIterable {
    case revoke, suspend, reinstate

    /// States it may begin in.
    package var from: Set<LicenseState> {
        switch self {
        case .revoke: [.valid, .suspended]
        case .suspend: [.valid]
        case .reinstate: [.suspended]
        }
    }

    package var to: LicenseState {
        switch self {
        case .revoke: .revoked
        case .suspend: .suspended
        case .reinstate: .valid
        }
    }

    /// `revoked`, `suspended`, `reinstated`.
    var participle: String {
        switch self {
        case .revoke: "revoked"
        case .suspend: "suspended"
        case .reinstate: "reinstated"
        }
    }
}

/// Why a status change is refused.
package enum StatusRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownNumber
    /// The license is in a state that the change does not begin in.
    case wrongState(LicenseState, StatusChange)
    /// The license type has no code for the state, so a license of it never gets there.
    case unknownStatus(LicenseState, type: String)
    /// The policy no longer has the license's type.
    case unknownType(String)
    case reason(String)
    case busy

    package var description: String {
        switch self {
        case .unknownNumber: "the register has no license of this number"
        case .wrongState(let state, let change):
            "the license is \(state.rawValue); only one that is "
                + change.from.map(\.rawValue).sorted(by: >).joined(separator: " or ")
                + " can be \(change.participle)"
        case .unknownStatus(let state, let type):
            "licenses of type '\(type)' cannot be \(state.rawValue): its statusCodes do not have that word"
        case .unknownType(let type): "the policy no longer has the license type '\(type)'"
        case .reason(let fault): "the reason \(fault)"
        case .busy: "the register has more changes waiting than it can take; try again"
        }
    }
}
