package import Primitives

/// A JWS in compact serialization (RFC 7515 §3.1), read but not verified.
package struct JWS: Hashable, Sendable {
    /// The whole text as it was read.
    package let text: String
    /// The protected header; it has no other.
    package let header: JSONObject
    /// What the header claims; the key decides (RFC 8725 §3.1).
    package let algorithm: SignatureAlgorithm
    package let payload: [UInt8]
    /// `x5c` as DER, the signer's certificate first; empty when absent.
    package let certificateChain: [[UInt8]]
    /// In JOSE's form: ECDSA as `R || S`.
    let signature: [UInt8]

    /// `typ` as written.
    package var type: String? { header["typ"]?.string }
    /// `kid` as written.
    package var keyID: String? { header["kid"]?.string }

    /// Whether the signature is by `publicKey`.
    ///
    /// - Parameters:
    ///   - publicKey: DER SubjectPublicKeyInfo.
    ///   - algorithm: what the key is for; `nil` accepts the header's, which must fit the kind of key.
    package func isValid(
        publicKey: [UInt8], algorithm expected: SignatureAlgorithm?, verifier: any SignatureVerifier
    ) -> Bool {
        let bytes = Array(text.utf8)
        guard algorithm == expected ?? algorithm, algorithm.fits(publicKey: publicKey),
            let value = algorithm.portSignature(jose: signature),
            let end = bytes.lastIndex(of: UInt8(ascii: "."))
        else { return false }
        return verifier.isValid(value, over: Array(bytes[..<end]), scheme: algorithm.scheme, publicKey: publicKey)
    }
}
