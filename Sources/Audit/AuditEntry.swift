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
    case accountAdded = 64
    case accountDisabled = 65
    case accountLookedUp = 66
    case passwordChanged = 67
    case secondFactorEnrolled = 68
    case recoveryCodesRenewed = 69
    case signedIn = 72
    case signInRefused = 73
    case signInThrottled = 74
    case secondFactorPassed = 75
    case secondFactorRefused = 76
    case recoveryCodeUsed = 77
    case reauthenticated = 78
    case sessionEnded = 80
    case loggedOut = 81
    case logoutDelivered = 82
    case logoutUndelivered = 83
    case consentGiven = 88
    case consentDenied = 89
    case codeIssued = 90
    case dataSent = 91
    case authorizationRefused = 92
    case tokenIssued = 96
    case tokenRefreshed = 97
    case tokenExchanged = 98
    case tokenRevoked = 99
    case codeReplayed = 100
    case refreshReplayed = 101
    case portalRefused = 102
    case tokenRefused = 103
    case deviceStarted = 104
    case deviceAllowed = 105
    case deviceDenied = 106
    case keyRotated = 112

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
        case .accountAdded: "account-added"
        case .accountDisabled: "account-disabled"
        case .accountLookedUp: "account-looked-up"
        case .passwordChanged: "password-changed"
        case .secondFactorEnrolled: "second-factor-enrolled"
        case .recoveryCodesRenewed: "recovery-codes-renewed"
        case .signedIn: "signed-in"
        case .signInRefused: "sign-in-refused"
        case .signInThrottled: "sign-in-throttled"
        case .secondFactorPassed: "second-factor-passed"
        case .secondFactorRefused: "second-factor-refused"
        case .recoveryCodeUsed: "recovery-code-used"
        case .reauthenticated: "reauthenticated"
        case .sessionEnded: "session-ended"
        case .loggedOut: "logged-out"
        case .logoutDelivered: "logout-delivered"
        case .logoutUndelivered: "logout-undelivered"
        case .consentGiven: "consent-given"
        case .consentDenied: "consent-denied"
        case .codeIssued: "code-issued"
        case .dataSent: "data-sent"
        case .authorizationRefused: "authorization-refused"
        case .tokenIssued: "token-issued"
        case .tokenRefreshed: "token-refreshed"
        case .tokenExchanged: "token-exchanged"
        case .tokenRevoked: "token-revoked"
        case .codeReplayed: "code-replayed"
        case .refreshReplayed: "refresh-replayed"
        case .portalRefused: "portal-refused"
        case .tokenRefused: "token-refused"
        case .deviceStarted: "device-started"
        case .deviceAllowed: "device-allowed"
        case .deviceDenied: "device-denied"
        case .keyRotated: "key-rotated"
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
