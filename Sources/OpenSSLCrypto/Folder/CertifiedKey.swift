import Licensing
import Primitives
import Synchronization

/// A certificate with its private key.
final class CertifiedKey: Sendable {
    let stored: StoredCertificate
    /// `nil` when the key of an old generation is gone.
    let key: StoredKey?
    private let issuers: [[UInt8]]
    private let signers = Mutex<[SignatureAlgorithm: OpenSSLSigner]>([:])

    /// - Parameter issuers: DER, the certificate's issuer first, without the anchor.
    init(_ stored: StoredCertificate, key: StoredKey?, issuers: [[UInt8]]) {
        (self.stored, self.key, self.issuers) = (stored, key, issuers)
    }

    var certificate: Certificate { stored.certificate }

    /// The same signer each time.
    ///
    /// - Parameter preferred: used when the key is of its kind, else what is usual for the key.
    func signer(_ preferred: SignatureAlgorithm) throws -> OpenSSLSigner {
        let usual = stored.keyKind?.usualAlgorithm
        guard let key, let algorithm = stored.isForKey(of: preferred) ? preferred : usual else {
            throw stored.file.fault("has no private key that can sign")
        }
        return try signers.withLock { signers in
            if let signer = signers[algorithm] { return signer }
            let signer = try OpenSSLSigner(
                key: try key.key(for: certificate.publicKey), algorithm: algorithm,
                certificateChain: [certificate.der] + issuers)
            signers[algorithm] = signer
            return signer
        }
    }

    /// As an authority that issues under this certificate.
    func issuer(_ algorithm: SignatureAlgorithm, revocationListAddress: String?) throws -> CertificateAuthority {
        try CertificateAuthority(
            certificate: stored.parsed, notAfter: certificate.notAfter, signer: try signer(algorithm),
            revocationListAddress: revocationListAddress)
    }
}
