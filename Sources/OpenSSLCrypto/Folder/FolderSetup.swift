import Licensing
import Primitives

/// One run of `chancery init` over the key folder. The order of its steps is what `FolderLosses` relies on.
struct FolderSetup {
    struct Policy {
        let authority: Authority
        let departments: [Department]
        /// Base URL of the service as document signers name it.
        let issuerURL: String
        let tokenAlgorithms: Set<SignatureAlgorithm>

        func revocationListAddress(_ use: KeyUse) -> String {
            "\(issuerURL.hasSuffix("/") ? issuerURL : issuerURL + "/")crl/\(use.stem).crl"
        }
    }

    let layout: KeyFolderLayout
    let policy: Policy
    let now: Instant
    let reader: FolderReader
    /// One line for each thing made.
    var made: [String] = []

    init(_ layout: KeyFolderLayout, policy: Policy, at now: Instant) throws {
        (self.layout, self.policy, self.now) = (layout, policy, now)
        try FolderLosses(layout: layout).check()
        var passphrase: Secret
        if layout.passphrase.isThere {
            passphrase = try Passphrase.read(layout.passphrase)
        } else {
            passphrase = try Passphrase.make(layout.passphrase)
            made.append("\(layout.passphrase.path): passphrase of the key files")
        }
        reader = FolderReader(layout: layout, passphrase: passphrase)
    }

    mutating func run() throws {
        try makeDataKey()
        try makeAuditLogKey()
        try makeRoot()
        let authority = policy.authority
        try ensure(
            .issuingAuthority, CertificateSubject(authority, role: " Issuing CA"), CertifiedKey.authorityAlgorithm)
        try ensure(.timeStamp, CertificateSubject(authority, role: " Time-Stamping"), CertifiedKey.timeStampAlgorithm)
        try ensure(.authority, CertificateSubject(authority, role: ""), CertifiedKey.authorityAlgorithm)
        for department in policy.departments.sorted(by: { $0.id < $1.id }) {
            guard department.id.isFileName else {
                throw KeyFolderFault(layout.path, "the department id \(department.id) cannot be a file name")
            }
            try ensure(
                .department(department.id), CertificateSubject(department, of: authority), department.signerAlgorithm)
        }
        try makeSectorKey()
        try makeTokenKeys()
    }

    private mutating func makeDataKey() throws {
        let file = layout.dataKey
        guard !file.isThere else {
            // Also finds a wrong passphrase before anything is made under it.
            _ = try reader.dataKey()
            return
        }
        let key = Secret(OpenSSLRandomness().bytes(32))
        try file.write(Array(try DataKeyFile.encrypt(key, passphrase: reader.passphrase).utf8))
        made.append("\(file.path): data key (AES-256)")
    }

    private mutating func makeAuditLogKey() throws {
        let key: StoredKey
        if layout.auditLogKey.isThere {
            guard !layout.auditLogPublicKey.isThere else { return }
            key = try reader.key(layout.auditLogKey)
        } else {
            key = try StoredKey.make(layout.auditLogKey, for: .eddsa, passphrase: reader.passphrase)
            made.append("\(layout.auditLogKey.path): audit log key (Ed25519)")
        }
        let publicKey = PEM(label: "PUBLIC KEY", bytes: try key.key(for: nil).subjectPublicKeyInfo())
        try layout.auditLogPublicKey.write(Array(publicKey.text.utf8))
        made.append("\(layout.auditLogPublicKey.path): public key of the audit log")
    }

    private mutating func makeRoot() throws {
        let key: StoredKey
        if layout.rootKey.isThere {
            guard !layout.rootCertificate.isThere else { return }
            key = try reader.key(layout.rootKey)
        } else {
            key = try StoredKey.make(
                layout.rootKey, for: CertifiedKey.authorityAlgorithm, passphrase: reader.passphrase)
            made.append("\(layout.rootKey.path): root key (\(CertifiedKey.authorityAlgorithm.rawValue))")
        }
        let subject = CertificateSubject(policy.authority, role: " Root CA")
        let privateKey = try key.key(for: nil)
        let publicKey = try privateKey.subjectPublicKeyInfo()
        let issuer = try CertificateAuthority(
            root: subject, publicKey: publicKey,
            signer: OpenSSLSigner(key: privateKey, algorithm: CertifiedKey.authorityAlgorithm))
        let request = CertificateAuthority.Request(
            subject: subject, publicKey: publicKey, profile: .root, uri: policy.issuerURL)
        let der = try issuer.certificate(for: request, at: now)
        _ = try StoredCertificate.make(layout.rootCertificate, use: .root, generation: 1, der: der)
        made.append("\(layout.rootCertificate.path): root certificate, the trust anchor")
    }
}

extension CertifiedKey {
    /// Of the root and what stands under it but document signers. P-256 has 128 bits of strength, enough beyond 2030
    /// (SP 800-57 part 1 table 4), and every path costs two of these verifications and two more for revocation
    /// lists: P-384 would make each eleven times slower.
    static let authorityAlgorithm = SignatureAlgorithm.es256
    /// Signs once for every license.
    static let timeStampAlgorithm = SignatureAlgorithm.es256
}

extension String {
    /// Letters, digits, hyphen and underscore: no way out of the folder, no dot that would look like a generation.
    var isFileName: Bool {
        (1...100).contains(utf8.count)
            && utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
