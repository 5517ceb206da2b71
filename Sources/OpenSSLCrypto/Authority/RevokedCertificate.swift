import Primitives

/// One entry of a revocation list.
struct RevokedCertificate: Hashable, Sendable {
    /// RFC 5280 §5.3.1.
    enum Reason: UInt8, Hashable, Sendable {
        case unspecified = 0
        case keyCompromise = 1
        case superseded = 4
        case cessationOfOperation = 5
    }

    /// Big-endian, not negative.
    let serialNumber: [UInt8]
    let at: Instant
    let reason: Reason

    /// DER. A reason "unspecified" is left out, as RFC 5280 asks.
    var encoded: [UInt8] {
        let reasons = reason == .unspecified ? [] : DER.sequence(CertificateExtension.reason(reason))
        return DER.sequence(DER.integer(serialNumber), DER.time(at), reasons)
    }
}

extension CertificateAuthority {
    /// A revocation list lives a week and is made anew after half of it.
    static let revocationListLife: Int64 = 7 * 86_400

    /// A complete list in DER (RFC 5280 §5.1). Its number is the time in seconds: it rises without being remembered.
    ///
    /// - Throws: what the signer throws.
    func revocationList(of revoked: [RevokedCertificate], at: Instant) throws -> [UInt8] {
        let algorithm = AlgorithmIdentifier.signature(signer.algorithm)
        let extensions = DER.sequence(
            CertificateExtension.authorityKeyIdentifier(keyIdentifier),
            CertificateExtension.listNumber(UInt64(max(0, at.secondsSinceEpoch))))
        let body = DER.sequence(
            DER.integer(1),
            algorithm,
            name,
            DER.time(at),
            DER.time(at.adding(seconds: CertificateAuthority.revocationListLife)),
            // The standard forbids an empty list.
            revoked.isEmpty ? [] : DER.sequence(of: revoked.map(\.encoded)),
            DER.explicit(0, extensions))
        return DER.sequence(body, algorithm, DER.bits(try signer.signature(over: body)))
    }
}
