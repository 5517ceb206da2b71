import Primitives

/// Signs certificates and revocation lists with one key.
struct CertificateAuthority {
    /// Clocks of verifiers run slow: new certificates have been valid for an hour.
    private static let backdating: Int64 = 3600

    /// DER Name.
    let name: [UInt8]
    let keyIdentifier: [UInt8]
    /// Nothing it issues lives longer.
    let notAfter: Instant
    let signer: any Signer
    /// Where its revocation list is; `nil` for no address.
    let revocationListAddress: String?

    /// The authority that `certificate` makes of the holder of its key.
    init(
        certificate: X509Certificate, notAfter: Instant, signer: any Signer, revocationListAddress: String?
    ) throws(OpenSSLError) {
        name = try certificate.subjectName()
        keyIdentifier = certificate.subjectKeyIdentifier ?? []
        (self.notAfter, self.signer, self.revocationListAddress) = (notAfter, signer, revocationListAddress)
    }

    /// One that has no certificate yet, to sign its own with.
    init(root subject: CertificateSubject, publicKey: [UInt8], signer: any Signer) throws(OpenSSLError) {
        name = subject.name
        keyIdentifier = try CertificateAuthority.keyIdentifier(of: publicKey)
        (self.signer, notAfter, revocationListAddress) = (signer, Instant(millisecondsSinceEpoch: .max), nil)
    }

    /// What to certify.
    struct Request {
        let subject: CertificateSubject
        /// DER SubjectPublicKeyInfo.
        let publicKey: [UInt8]
        let profile: CertificateProfile
        /// Base URL of the service, for the subject alternative name of document signers.
        let uri: String
    }

    /// A certificate in DER (RFC 5280 §4.1), valid from an hour before `at`.
    ///
    /// - Throws: what the signer throws.
    func certificate(for request: Request, at: Instant) throws -> [UInt8] {
        let algorithm = AlgorithmIdentifier.signature(signer.algorithm)
        let start = Instant(secondsSinceEpoch: at.secondsSinceEpoch).adding(seconds: -CertificateAuthority.backdating)
        let end = min(notAfter, CertificateAuthority.end(years: request.profile.years, from: start))
        let body = DER.sequence(
            DER.explicit(0, DER.integer(2)),
            DER.integer(CertificateAuthority.serialNumber()),
            algorithm,
            name,
            DER.sequence(DER.time(start), DER.time(end)),
            request.subject.name,
            request.publicKey,
            DER.explicit(3, DER.sequence(of: try extensions(for: request))))
        return DER.sequence(body, algorithm, DER.bits(try signer.signature(over: body)))
    }

    private func extensions(for request: Request) throws(OpenSSLError) -> [[UInt8]] {
        let profile = request.profile
        var list: [[UInt8]] = []
        if let constraints = profile.basicConstraints {
            list.append(CertificateExtension.basicConstraints(constraints))
        }
        list.append(CertificateExtension.keyUsage(profile.keyUsage))
        if !profile.extendedKeyUsages.isEmpty {
            let isCritical = profile == .timeStamping
            list.append(CertificateExtension.extendedKeyUsage(profile.extendedKeyUsages, isCritical: isCritical))
        }
        let identifier = try CertificateAuthority.keyIdentifier(of: request.publicKey)
        list.append(CertificateExtension.subjectKeyIdentifier(identifier))
        list.append(CertificateExtension.authorityKeyIdentifier(keyIdentifier))
        if profile == .documentSigner { list.append(CertificateExtension.alternativeName(uri: request.uri)) }
        if let address = revocationListAddress { list.append(CertificateExtension.revocationListAddress(address)) }
        return list
    }

    /// 127 random bits, never zero at the front: always 16 bytes, never negative (RFC 5280 §4.1.2.2).
    private static func serialNumber() -> [UInt8] {
        var bytes = OpenSSLRandomness().bytes(16)
        bytes[0] = bytes[0] & 0x7F | 0x40
        return bytes
    }

    /// The last second of `years` years: the end counts as inside.
    private static func end(years: Int, from start: Instant) -> Instant {
        let day = start.date
        let sinceMidnight = start.secondsSinceEpoch - Instant(startOf: day).secondsSinceEpoch
        return Instant(startOf: day.adding(months: 12 * years)).adding(seconds: sinceMidnight - 1)
    }

    /// The first 20 bytes of SHA-256 over the key's bits (RFC 7093 §2, method 1).
    static func keyIdentifier(of publicKey: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard let bits = SubjectPublicKey.bits(of: publicKey) else {
            throw OpenSSLError(operation: "read a public key", reasons: ["not a SubjectPublicKeyInfo"])
        }
        return Array(OpenSSLHashing().sha256(bits).bytes.prefix(20))
    }
}
