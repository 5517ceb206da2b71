package import Primitives
import SwiftASN1

/// A TimeStampToken (RFC 3161 §2.4.2): SignedData over a TSTInfo. Read, not verified.
package struct TimeStampToken: Hashable, Sendable {
    private static let maximumLength = 1 << 20

    package let signedData: SignedData
    /// Fractions beyond milliseconds are cut off.
    package let genTime: Instant
    package let imprintAlgorithm: HashAlgorithm
    /// Hash of what was time-stamped, `imprintAlgorithm.length` bytes.
    package let imprint: [UInt8]
    /// Dotted.
    package let policy: String
    /// Big-endian without leading zeros.
    package let serialNumber: [UInt8]
    /// As `serialNumber`.
    package let nonce: [UInt8]?

    /// - Parameter der: one ContentInfo and nothing after it.
    /// - Throws: as `SignedData` does, and for content that is no TSTInfo.
    package init(parsing der: [UInt8]) throws(CMSFault) {
        signedData = try SignedData(parsing: der, maximumLength: TimeStampToken.maximumLength)
        guard signedData.contentType == ASN1ObjectIdentifier.timeStampInfo.dotted, let content = signedData.content
        else { throw .malformed("this is not a time-stamp token") }
        try DERShape.check(content, maximumLength: TimeStampToken.maximumLength)
        let info = try CMSFault.reading("TSTInfo") { try TSTInfo(derEncoded: content) }
        (genTime, imprintAlgorithm, imprint) = (info.genTime, info.imprint.algorithm, info.imprint.hash)
        (policy, serialNumber, nonce) = (info.policy.dotted, info.serialNumber, info.nonce)
    }
}
