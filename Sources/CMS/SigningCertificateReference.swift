package import Primitives

/// Which certificate a signer says is its own: the first ESSCertIDv2 of a signing-certificate attribute (RFC 5035 §4).
package struct SigningCertificateReference: Hashable, Sendable {
    package let algorithm: HashAlgorithm
    /// Over the DER certificate, `algorithm.length` bytes.
    package let hash: [UInt8]

    package init(algorithm: HashAlgorithm, hash: [UInt8]) {
        (self.algorithm, self.hash) = (algorithm, hash)
    }
}
