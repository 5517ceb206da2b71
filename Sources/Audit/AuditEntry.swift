package import Primitives

/// Kinds of audited events; the number is written into the leaf and never reused.
package enum AuditEvent: UInt16, Hashable, Sendable, CaseIterable {
    case initialized = 1
    case keyCreated = 2
    case numberReserved = 16
    case licenseIssued = 17
    case numberVoided = 18
    case licenseSuperseded = 19
    case licenseRevoked = 20
    case licenseSuspended = 21
    case licenseReinstated = 22
    case licenseCancelled = 23
    case issuanceFinishedAfterStop = 24
    case bundleExported = 32
    case serviceStarted = 48
    case serviceStopped = 49

    /// The word in exports, for example `license-issued`.
    package var word: String {
        switch self {
        case .initialized: "initialized"
        case .keyCreated: "key-created"
        case .numberReserved: "number-reserved"
        case .licenseIssued: "license-issued"
        case .numberVoided: "number-voided"
        case .licenseSuperseded: "license-superseded"
        case .licenseRevoked: "license-revoked"
        case .licenseSuspended: "license-suspended"
        case .licenseReinstated: "license-reinstated"
        case .licenseCancelled: "license-cancelled"
        case .issuanceFinishedAfterStop: "issuance-finished-after-stop"
        case .bundleExported: "bundle-exported"
        case .serviceStarted: "service-started"
        case .serviceStopped: "service-stopped"
        }
    }
}

package enum AuditOutcome: UInt8, Hashable, Sendable {
    case succeeded = 0
    case refused = 1
    case failed = 2

    package var word: String {
        switch self {
        case .succeeded: "succeeded"
        case .refused: "refused"
        case .failed: "failed"
        }
    }
}

/// What an operation hands to the log, beside its change, in the same transaction.
package struct AuditEntry: Hashable, Sendable {
    package let event: AuditEvent
    package let outcome: AuditOutcome
    package let at: Instant
    /// Department id.
    package let department: String?
    /// Who acted: an account id, `operator` for the command line.
    package let actor: String?
    /// What was acted on, for example a license number. Stands only in the encrypted body; the leaf has a pseudonym.
    package let object: String?
    /// Anything else worth keeping: reason, old and new state. No personal data.
    package let details: JSONObject

    package init(
        _ event: AuditEvent, outcome: AuditOutcome = .succeeded, at: Instant, department: String? = nil,
        actor: String? = nil, object: String? = nil, details: JSONObject = JSONObject()
    ) {
        (self.event, self.outcome, self.at) = (event, outcome, at)
        (self.department, self.actor, self.object, self.details) = (department, actor, object, details)
    }
}
