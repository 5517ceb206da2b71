/// A document as its holder gets it.
package struct IssuedDocument: Hashable, Sendable {
    package let format: LicenseType.Format
    /// `<number>.pdf`, `<number>.sd-jwt`.
    package let fileName: String
    package let bytes: [UInt8]

    init(format: LicenseType.Format, number: LicenseNumber, bytes: [UInt8]) {
        (self.format, fileName, self.bytes) = (format, "\(number).\(format.rawValue)", bytes)
    }
}

/// What issuing gave.
package struct IssuedLicense: Hashable, Sendable {
    package let number: LicenseNumber
    package let documents: [IssuedDocument]
    /// The idempotency key had been used for the same application before: this is what it gave then.
    package let wasThere: Bool

    init(number: LicenseNumber, documents: [IssuedDocument], wasThere: Bool) {
        (self.number, self.documents, self.wasThere) = (number, documents, wasThere)
    }
}

/// What became of a number that a stop had left without documents.
package enum UnfinishedOutcome: Hashable, Sendable {
    case finished(LicenseNumber)
    /// The reason is the one in the register.
    case voided(LicenseNumber, reason: String)

    package var number: LicenseNumber {
        switch self {
        case .finished(let number), .voided(let number, _): number
        }
    }
}
