package import Primitives

/// Stands in for a signer to learn how long its CMS can become: same certificates, a value of zeros, as long as that
/// key's longest.
package struct SignatureRehearsal: Signer {
    package let algorithm: SignatureAlgorithm
    package let certificateChain: [[UInt8]]
    private let length: Int

    /// - Throws: `CMSFault` for a signer without a certificate that can be read.
    package init(of signer: any Signer) throws(CMSFault) {
        guard let certificate = signer.certificateChain.first else {
            throw .unsupported("a signer without a certificate")
        }
        (algorithm, certificateChain) = (signer.algorithm, signer.certificateChain)
        length =
            switch signer.algorithm {
            // Ecdsa-Sig-Value: two INTEGERs of at most one byte more than the curve's order (RFC 3279 §2.2.3).
            case .es256: 72
            case .es384: 104
            case .eddsa: 64
            // As long as the modulus, which the public key holds (RFC 8017 §8).
            case .ps256, .rs256: try CertificateOutline(der: certificate).publicKey.count
            }
    }

    package func signature(over message: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: length) }
}
