package import Primitives
import SwiftASN1

/// Makes time-stamp tokens (RFC 3161 §2.4.2) with the authority's time-stamp key.
package struct TimeStampAuthority: Sendable {
    /// Under the arc for examples (X.660 §A.5); an authority with an arc of its own says so.
    package static let examplePolicy = "2.999.3161.1"
    /// 128 random bits never meet again, and one bit of them keeps the INTEGER positive.
    private static let serialNumberLength = 16

    private let signer: any Signer
    private let hashing: any Hashing
    private let randomness: any Randomness
    private let policy: String

    /// - Parameters:
    ///   - signer: its certificate must have the extended key usage timeStamping only, critical (RFC 3161 §2.3).
    ///   - policy: dotted.
    package init(
        signer: any Signer, hashing: any Hashing, randomness: any Randomness,
        policy: String = TimeStampAuthority.examplePolicy
    ) {
        (self.signer, self.hashing, self.randomness, self.policy) = (signer, hashing, randomness, policy)
    }

    /// A token that says `hash` was there at `instant`, to whole seconds.
    ///
    /// - Parameters:
    ///   - hash: `algorithm.length` bytes.
    ///   - nonce: of the request, big-endian and not negative.
    /// - Returns: DER ContentInfo.
    /// - Throws: `CMSFault` for a hash of another length or a policy that is no OID; and what the signer throws.
    package func token(
        hash: [UInt8], algorithm: HashAlgorithm, nonce: [UInt8]? = nil, at instant: Instant
    ) throws -> [UInt8] {
        guard let policy = ASN1ObjectIdentifier(dotted: policy) else {
            throw CMSFault.malformed("the time-stamp policy is no object identifier")
        }
        let info = TSTInfo(
            policy: policy, imprint: try MessageImprint(algorithm: algorithm, hash: hash),
            serialNumber: newSerialNumber(), genTime: instant, nonce: nonce.map { Array($0.drop { $0 == 0 }) })
        let content = try EncodedValue(encoding: info).bytes
        let draft = SignedDataDraft(
            contentType: .timeStampInfo, content: content,
            messageDigest: hashing.hash(signer.algorithm.hash, [content[...]]))
        return try draft.signed(by: signer, hashing: hashing) { _ in [] }
    }

    /// The first byte is 0x40 to 0x7F: neither negative nor zero in front.
    private func newSerialNumber() -> [UInt8] {
        var number = randomness.bytes(TimeStampAuthority.serialNumberLength)
        if let first = number.first { number[0] = first & 0x3F | 0x40 }
        return number
    }
}
