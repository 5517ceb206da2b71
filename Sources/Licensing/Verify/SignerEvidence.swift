import Primitives

/// What is known of a signer's certificate before its path is built.
struct SignerEvidence: Hashable, Sendable {
    /// DER of the certificate whose key made the signature.
    let leaf: [UInt8]
    /// DER certificates that came with the document; not trusted by themselves.
    let intermediates: [[UInt8]]
    /// DER revocation lists that came with the document.
    let revocationLists: [[UInt8]]
    let signed: SigningTime
}

/// Certificates and revocation lists that a document carries, bounded: none is trusted by itself.
struct DocumentMaterial: Hashable, Sendable {
    private static let maximumCertificates = 128
    private static let maximumCertificateLength = 1 << 16
    private static let maximumRevocationLists = 32
    private static let maximumRevocationBytes = 20 << 20

    private(set) var certificates: [[UInt8]] = []
    private(set) var revocationLists: [[UInt8]] = []
    private var revocationBytes = 0

    /// Takes what fits the bounds, each value once.
    mutating func add(certificates more: [[UInt8]]) {
        for der in more where der.count <= DocumentMaterial.maximumCertificateLength {
            guard certificates.count < DocumentMaterial.maximumCertificates else { return }
            if !certificates.contains(der) { certificates.append(der) }
        }
    }

    /// Takes what fits the bounds, each value once.
    mutating func add(revocationLists more: [[UInt8]]) {
        for der in more where der.count <= DocumentMaterial.maximumRevocationBytes - revocationBytes {
            guard revocationLists.count < DocumentMaterial.maximumRevocationLists else { return }
            guard !revocationLists.contains(der) else { continue }
            revocationLists.append(der)
            revocationBytes += der.count
        }
    }
}
