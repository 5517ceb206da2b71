package import Audit
package import Identity
import Licensing
package import Primitives

/// The key folder in use: signs, seals and tells what it holds. May be used from many threads at once.
package final class OpenKeyFolder: SigningKeys, TrustMaterial, Sendable {
    /// Encryption at rest under the folder's data key.
    package let sealing: any Sealing
    /// For tokens only.
    package let tokenMAC: any TokenMAC
    let reader: FolderReader
    private let layout: KeyFolderLayout
    private let auditLog: StoredKey
    private let auditLogPublicKey: [UInt8]
    let root: CertifiedKey
    let credentials: [KeyUse: [CertifiedKey]]
    private let algorithms: [String: SignatureAlgorithm]
    private let lists: RevocationListShelf
    /// For the states of `keys`.
    private let openedAt: Instant

    init(_ reader: FolderReader, authority: Authority, departments: [Department], at: Instant) throws {
        self.reader = reader
        layout = reader.layout
        openedAt = at
        let dataKey = try reader.dataKey()
        sealing = DataKeySealing(dataKey: dataKey)
        tokenMAC = DerivedTokenMAC(dataKey: dataKey)
        auditLog = try reader.key(layout.auditLogKey)
        auditLogPublicKey = try reader.auditLogPublicKey()
        root = try reader.root()
        credentials = try reader.credentials()
        algorithms = Dictionary(
            departments.map { ($0.id, $0.signerAlgorithm) }, uniquingKeysWith: { first, _ in first })
        let check = FolderCheck(layout: layout, credentials: credentials)
        let issuing = try check.newest(.issuingAuthority)
        lists = RevocationListShelf(layout: layout, issuers: [.root: root, .issuingAuthority: issuing])
        _ = try check.newest(.timeStamp)
        try check.signer(.authority, code: authority.code, algorithm: CertifiedKey.authorityAlgorithm)
        for each in departments {
            try check.signer(.department(each.id), code: each.code, algorithm: each.signerAlgorithm)
        }
    }

    package func documentSigner(department: String, at: Instant) throws -> any Signer {
        guard let algorithm = algorithms[department] else {
            throw KeyFolderFault(layout.path, "holds no key for a department \(department)")
        }
        return try active(.department(department), at: at).signer(algorithm)
    }

    package func authoritySigner(at: Instant) throws -> any Signer {
        try active(.authority, at: at).signer(CertifiedKey.authorityAlgorithm)
    }

    package func timeStampSigner(at: Instant) throws -> any Signer {
        try active(.timeStamp, at: at).signer(CertifiedKey.timeStampAlgorithm)
    }

    /// The newest generation that is valid at a moment.
    private func active(_ use: KeyUse, at: Instant) throws(KeyFolderFault) -> CertifiedKey {
        let generations = credentials[use] ?? []
        if let found = generations.last(where: { $0.stored.isValid(at: at) && $0.key != nil }) { return found }
        guard let newest = generations.last else {
            throw layout.certificate(use.stem).fault("is missing; `chancery init` makes what is not there")
        }
        let (from, to) = (newest.certificate.notBefore, newest.certificate.notAfter)
        throw newest.stored.file.fault("is valid from \(from) to \(to), not at \(at); `chancery init` renews it")
    }

    /// The key that signs checkpoints of the audit log.
    ///
    /// - Parameter origin: `<host>/audit`.
    package func auditLogKey(origin: String) throws -> AuditLogKey {
        // The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key (RFC 8410 §4).
        guard let identity = AuditLogIdentity(origin: origin, publicKey: Array(auditLogPublicKey.suffix(32))) else {
            throw layout.auditLogPublicKey.fault("the audit log cannot be named \(origin)")
        }
        let key = try auditLog.key(for: auditLogPublicKey)
        return AuditLogKey(identity: identity, signer: try OpenSSLSigner(key: key, algorithm: .eddsa))
    }

    /// DER: the root.
    package var anchors: [[UInt8]] { [root.certificate.der] }

    /// DER: issuing authority, time-stamp authority, authority signer and document signers, all generations.
    package var certificates: [[UInt8]] {
        credentials.sorted { $0.key.stem < $1.key.stem }.flatMap { $0.value.map(\.certificate.der) }
    }

    /// DER revocation lists by name (`root`, `issuing-ca`), never older than half their life of 7 days.
    package func revocationLists(at: Instant) throws -> [String: [UInt8]] { try lists.lists(at: at) }

    /// Every key, for people.
    package var keys: [KeyDescription] {
        let plain = [
            KeyDescription(
                use: "data", name: "encryption at rest", algorithm: "AES-256", state: .active, notBefore: nil,
                notAfter: nil, file: layout.dataKey.path),
            KeyDescription(
                use: "audit-log", name: "checkpoints", algorithm: "Ed25519", state: .active, notBefore: nil,
                notAfter: nil, file: layout.auditLogKey.path),
        ]
        let certified = credentials.sorted { $0.key.stem < $1.key.stem }.flatMap(\.value)
        return plain + ([root] + certified).map(description)
    }

    private func description(_ key: CertifiedKey) -> KeyDescription {
        let (certificate, use) = (key.certificate, key.stored.use)
        var name = certificate.commonName ?? certificate.subject
        if case .department(let id) = use { name = id }
        let file = key.key?.file.path ?? key.stored.file.path
        return KeyDescription(
            use: use.word, name: name, algorithm: key.stored.keyKind?.word ?? "unknown", state: state(key),
            notBefore: certificate.notBefore, notAfter: certificate.notAfter, file: file)
    }

    private func state(_ key: CertifiedKey) -> KeyState {
        if openedAt > key.certificate.notAfter { return .gone }
        if openedAt < key.certificate.notBefore { return .next }
        let newest = (credentials[key.stored.use] ?? [key]).last { $0.stored.isValid(at: openedAt) }
        return newest === key ? .active : .retiring
    }
}
