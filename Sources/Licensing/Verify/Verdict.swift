package import Primitives

/// The three answers about one input, and every check that led there. A bad document is a result, never an exception.
package struct Verdict: Hashable, Sendable {
    package enum Format: String, Hashable, Sendable {
        case pades
        case sdJWTVC = "sd-jwt-vc"
        case qr
    }

    /// What was verified, in the caller's words (a path, `-`, a number).
    package let input: String
    /// `nil` when the form was not recognised.
    package var format: Format?
    package var indication: Indication = .indeterminate
    package var subIndication: SubIndication?
    package var license: LicenseSection?
    package var licenseStatus: LicenseStatusSection?
    package var signer: SignerSection?
    package var integrity: IntegritySection?
    package var checks: [Check] = []

    package init(input: String) {
        self.input = input
    }
}

/// ETSI EN 319 102-1 §5.1.3.
package enum Indication: String, Hashable, Sendable {
    case totalPassed = "TOTAL-PASSED"
    case totalFailed = "TOTAL-FAILED"
    case indeterminate = "INDETERMINATE"
}

/// ETSI EN 319 102-1 §5.1.3, table 6.
package enum SubIndication: String, Hashable, Sendable {
    case formatFailure = "FORMAT_FAILURE"
    case hashFailure = "HASH_FAILURE"
    case signatureFailure = "SIG_CRYPTO_FAILURE"
    case revoked = "REVOKED"
    case expired = "EXPIRED"
    case notYetValid = "NOT_YET_VALID"
    case signatureConstraints = "SIG_CONSTRAINTS_FAILURE"
    case chainConstraints = "CHAIN_CONSTRAINTS_FAILURE"
    case cryptoConstraints = "CRYPTO_CONSTRAINTS_FAILURE"
    case noSigningCertificate = "NO_SIGNING_CERTIFICATE_FOUND"
    case noCertificateChain = "NO_CERTIFICATE_CHAIN_FOUND"
    case revokedWithoutProof = "REVOKED_NO_POE"
    case outOfBoundsWithoutProof = "OUT_OF_BOUNDS_NO_POE"
    case tryLater = "TRY_LATER"

    package var indication: Indication {
        switch self {
        case .formatFailure, .hashFailure, .signatureFailure, .revoked, .expired, .notYetValid: .totalFailed
        default: .indeterminate
        }
    }
}

/// One named check and what it found.
package struct Check: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable {
        case passed, failed, indeterminate, skipped
    }

    package let name: String
    package let outcome: Outcome
    package let detail: String
    /// The standard and clause that asks for it.
    package let reference: String

    package init(name: String, outcome: Outcome, detail: String, reference: String) {
        (self.name, self.outcome, self.detail, self.reference) = (name, outcome, detail, reference)
    }
}

/// What the signed data say; withheld parts are absent.
package struct LicenseSection: Hashable, Sendable {
    package struct CodedName: Hashable, Sendable {
        package let code: String
        /// By language tag.
        package let name: [String: String]

        package init(code: String, name: [String: String]) {
            (self.code, self.name) = (code, name)
        }
    }

    package struct DisclosedHolder: Hashable, Sendable {
        package let name: String?
        package let idType: String?
        package let id: String?

        package init(name: String?, idType: String?, id: String?) {
            (self.name, self.idType, self.id) = (name, idType, id)
        }
    }

    package let number: String
    package let type: CodedName?
    package let issuer: CodedName?
    package let holders: [DisclosedHolder]
    package let validFrom: CalendarDate
    /// The last valid day; `nil` when permanent.
    package let validUntil: CalendarDate?
    package let fields: JSONObject

    package init(
        number: String, type: CodedName?, issuer: CodedName?, holders: [DisclosedHolder], validFrom: CalendarDate,
        validUntil: CalendarDate?, fields: JSONObject
    ) {
        (self.number, self.type, self.issuer, self.holders) = (number, type, issuer, holders)
        (self.validFrom, self.validUntil, self.fields) = (validFrom, validUntil, fields)
    }
}

/// Whether the license stands today: never mixed with the signature's or the certificate's state.
package struct LicenseStatusSection: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case valid, suspended, revoked, cancelled, expired, superseded
        case notYetValid = "not-yet-valid"
        case unknown
    }

    package var state: State
    /// When the source said so.
    package var asOf: Instant?
    /// `status-list` or `document`.
    package var source: String?
    package var supersededBy: String?

    package init(state: State, asOf: Instant? = nil, source: String? = nil, supersededBy: String? = nil) {
        (self.state, self.asOf, self.source, self.supersededBy) = (state, asOf, source, supersededBy)
    }
}

/// Who signed, whether their certificate stands, and when.
package struct SignerSection: Hashable, Sendable {
    package let subject: String
    /// `good`, `revoked` or `unknown`.
    package var certificateStatus: String
    package var signedAt: Instant?
    /// `timestamp`, `claimed` or `none`.
    package var timeSource: String

    package init(subject: String, certificateStatus: String, signedAt: Instant?, timeSource: String) {
        (self.subject, self.certificateStatus) = (subject, certificateStatus)
        (self.signedAt, self.timeSource) = (signedAt, timeSource)
    }
}

/// Whether the document is whole and as signed.
package struct IntegritySection: Hashable, Sendable {
    package var coversWholeDocument: Bool
    /// `B-B`, `B-T`, `B-LT`, `B-LTA`; `nil` for formats without levels.
    package var level: String?
    /// Plain words, one per change.
    package var changesAfterSigning: [String]

    package init(coversWholeDocument: Bool, level: String?, changesAfterSigning: [String] = []) {
        (self.coversWholeDocument, self.level) = (coversWholeDocument, level)
        self.changesAfterSigning = changesAfterSigning
    }
}
