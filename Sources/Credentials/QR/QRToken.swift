package import Primitives

/// What the QR code of a printed license says.
package struct QRToken: Hashable, Sendable {
    /// The license number as text.
    package let number: String
    /// Already masked as the policy wants it.
    package let holderName: String
    package let validFrom: CalendarDate
    /// The last valid day; `nil` for a permanent license.
    package let validUntil: CalendarDate?
    package let issuedAt: Instant
    /// URI of the status list and the license's place in it.
    package let statusURI: String
    package let statusIndex: Int

    package init(
        number: String, holderName: String, validFrom: CalendarDate, validUntil: CalendarDate?, issuedAt: Instant,
        statusURI: String, statusIndex: Int
    ) {
        (self.number, self.holderName, self.validFrom, self.validUntil) = (number, holderName, validFrom, validUntil)
        (self.issuedAt, self.statusURI, self.statusIndex) = (issuedAt, statusURI, statusIndex)
    }

    /// How a token names its signer's certificate: the first 16 bytes of the SHA-256 over its DER.
    package static func keyID(ofCertificate der: [UInt8], hashing: any Hashing) -> [UInt8] {
        Array(hashing.sha256(der).bytes.prefix(16))
    }
}
