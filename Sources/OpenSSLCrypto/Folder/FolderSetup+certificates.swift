import Licensing
import Primitives

extension FolderSetup {
    /// Makes key and certificate where they are missing, or the next generation where the newest no longer fits.
    mutating func ensure(_ use: KeyUse, _ subject: CertificateSubject, _ algorithm: SignatureAlgorithm) throws {
        let certificates = try layout.certificateGenerations()[use.stem] ?? []
        guard let keyGeneration = try layout.keyGenerations()[use.stem]?.last else {
            guard let made = certificates.last else { return try begin(use, subject, algorithm, generation: 1) }
            let certificate = layout.certificate(use.stem, generation: made).path
            throw layout.key(use.stem).fault(
                "is missing, although \(certificate) was made for it; put it back from a backup")
        }
        guard let newest = certificates.last, newest >= keyGeneration else {
            // The run before this one was cut off after making the key.
            return try certify(use, subject, try key(use, keyGeneration), generation: keyGeneration)
        }
        let file = layout.certificate(use.stem, generation: newest)
        let current = try StoredCertificate(file, use: use, generation: newest)
        guard current.isForKey(of: algorithm) else {
            return try begin(use, subject, algorithm, generation: newest + 1)
        }
        guard try needsSuccessor(current, subject) else { return }
        try certify(use, subject, try key(use, keyGeneration), generation: newest + 1)
    }

    private func key(_ use: KeyUse, _ generation: Int) throws(KeyFolderFault) -> StoredKey {
        try reader.key(layout.key(use.stem, generation: generation))
    }

    private func needsSuccessor(_ current: StoredCertificate, _ subject: CertificateSubject) throws -> Bool {
        let profile = current.use.profile
        if let days = profile.renewalDays, current.certificate.notAfter < now.adding(seconds: Int64(days) * 86_400) {
            // An issuer that ends as soon would give nothing longer.
            return try issuer(of: current.use).notAfter > current.certificate.notAfter
        }
        guard profile == .documentSigner else { return false }
        return try current.parsed.subjectName() != subject.name || current.certificate.uriNames != [policy.issuerURL]
    }

    /// A new key with its certificate.
    private mutating func begin(
        _ use: KeyUse, _ subject: CertificateSubject, _ algorithm: SignatureAlgorithm, generation: Int
    ) throws {
        let file = layout.key(use.stem, generation: generation)
        let key = try StoredKey.make(file, for: algorithm, passphrase: reader.passphrase)
        made.append("\(file.path): \(use.word) key (\(algorithm.rawValue))")
        try certify(use, subject, key, generation: generation)
    }

    private mutating func certify(
        _ use: KeyUse, _ subject: CertificateSubject, _ key: StoredKey, generation: Int
    ) throws {
        let request = CertificateAuthority.Request(
            subject: subject, publicKey: try key.key(for: nil).subjectPublicKeyInfo(), profile: use.profile,
            uri: policy.issuerURL)
        let der = try issuer(of: use).certificate(for: request, at: now)
        let file = layout.certificate(use.stem, generation: generation)
        let stored = try StoredCertificate.make(file, use: use, generation: generation, der: der)
        made.append("\(file.path): \(use.word) certificate, valid until \(stored.certificate.notAfter.date)")
    }

    private func issuer(of use: KeyUse) throws -> CertificateAuthority {
        let algorithm = CertifiedKey.authorityAlgorithm
        if use == .issuingAuthority {
            return try reader.root().issuer(
                algorithm, revocationListAddress: policy.revocationListAddress(.root))
        }
        guard let issuing = try reader.credentials()[.issuingAuthority]?.last else {
            throw layout.certificate(KeyUse.issuingAuthority.stem).fault("is missing; `chancery init` makes it")
        }
        return try issuing.issuer(algorithm, revocationListAddress: policy.revocationListAddress(.issuingAuthority))
    }
}
