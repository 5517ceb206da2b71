import Licensing
import Primitives

/// A certificate in its file.
struct StoredCertificate: Sendable {
    let file: GuardedFile
    let use: KeyUse
    /// From 1.
    let generation: Int
    let parsed: X509Certificate
    let certificate: Certificate

    init(_ file: GuardedFile, use: KeyUse, generation: Int) throws(KeyFolderFault) {
        (self.file, self.use, self.generation) = (file, use, generation)
        guard let der = PEM.single("CERTIFICATE", in: try file.read(limit: 2 * X509Certificate.maximumLength)),
            let parsed = X509Certificate(der), let certificate = Certificate(reading: parsed)
        else { throw file.fault("is cut short or is not one certificate") }
        (self.parsed, self.certificate) = (parsed, certificate)
    }

    /// Writes a certificate that has just been made.
    static func make(
        _ file: GuardedFile, use: KeyUse, generation: Int, der: [UInt8]
    ) throws(KeyFolderFault) -> StoredCertificate {
        try file.write(Array(PEM(label: "CERTIFICATE", bytes: der).text.utf8))
        return try StoredCertificate(file, use: use, generation: generation)
    }

    /// Both ends count as inside (RFC 5280 §4.1.2.5).
    func isValid(at: Instant) -> Bool { certificate.notBefore <= at && at <= certificate.notAfter }

    func isForKey(of algorithm: SignatureAlgorithm) -> Bool { keyKind?.isUsed(for: algorithm) ?? false }

    var keyKind: KeyKind? { parsed.keyKind }
}
