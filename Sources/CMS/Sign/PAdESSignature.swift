package import Primitives
import SwiftASN1

/// The CMS of a PAdES baseline signature (ETSI EN 319 142-1 §6.3): level B-B, or B-T with a time-stamp.
package enum PAdESSignature {
    /// Detached SignedData with the signer's chain inside.
    ///
    /// - Parameters:
    ///   - messageDigest: hash over the byte ranges under `signer.algorithm.hash`.
    ///   - timeStamp: gets the signature value and returns a TimeStampToken over its hash, as DER ContentInfo.
    /// - Returns: DER ContentInfo for `/Contents`.
    /// - Throws: `CMSFault` when the signer has no certificate, the digest another length or the token is none; and
    ///   what the signer and `timeStamp` throw.
    package static func make(
        messageDigest: [UInt8], by signer: any Signer, hashing: any Hashing,
        timeStamp: (([UInt8]) throws -> [UInt8])?
    ) throws -> [UInt8] {
        let draft = SignedDataDraft(contentType: .data, content: nil, messageDigest: messageDigest)
        return try draft.signed(by: signer, hashing: hashing) { signature in
            guard let timeStamp else { return [] }
            let token = try timeStamp(signature)
            _ = try TimeStampToken(parsing: token)
            return [try CMSAttribute(.signatureTimeStamp, EncodedValue(bytes: token))]
        }
    }
}
