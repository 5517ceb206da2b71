import Licensing
import Primitives

/// Reads what is in the key folder, with faults that name the file.
struct FolderReader: Sendable {
    let layout: KeyFolderLayout
    let passphrase: Secret

    func dataKey() throws -> Secret {
        let content = try layout.dataKey.read()
        guard DataKeyFile.isWhole(content) else { throw layout.dataKey.fault("is cut short or is no data key") }
        guard let key = try DataKeyFile.decrypt(content, passphrase: passphrase) else {
            throw layout.dataKey.fault("does not open with this passphrase")
        }
        return key
    }

    func key(_ file: GuardedFile) throws(KeyFolderFault) -> StoredKey { try StoredKey(file, passphrase: passphrase) }

    /// DER SubjectPublicKeyInfo of the audit log's key.
    func auditLogPublicKey() throws(KeyFolderFault) -> [UInt8] {
        let file = layout.auditLogPublicKey
        guard let key = PEM.single("PUBLIC KEY", in: try file.read()), key.count == 44 else {
            throw file.fault("is cut short or is no Ed25519 public key")
        }
        return key
    }

    func root() throws(KeyFolderFault) -> CertifiedKey {
        let certificate = try StoredCertificate(layout.rootCertificate, use: .root, generation: 1)
        return CertifiedKey(certificate, key: try key(layout.rootKey), issuers: [])
    }

    /// Every generation of every certificate but the root, by use, oldest first.
    func credentials() throws(KeyFolderFault) -> [KeyUse: [CertifiedKey]] {
        let keys = try layout.keyGenerations()
        let stems = try layout.certificateGenerations()
        let issuing = KeyUse.issuingAuthority
        var found: [KeyUse: [CertifiedKey]] = [:]
        found[issuing] = try generations(of: issuing, stems[issuing.stem] ?? [], keys: keys[issuing.stem] ?? [], [])
        let chain = found[issuing]?.last.map { [$0.certificate.der] } ?? []
        for (stem, numbers) in stems {
            guard let use = KeyUse(stem: stem), use != issuing, use != .root else { continue }
            found[use] = try generations(of: use, numbers, keys: keys[stem] ?? [], chain)
        }
        return found
    }

    private func generations(
        of use: KeyUse, _ numbers: [Int], keys: [Int], _ issuers: [[UInt8]]
    ) throws(KeyFolderFault) -> [CertifiedKey] {
        var opened: [Int: StoredKey] = [:]
        var found: [CertifiedKey] = []
        for number in numbers {
            let file = layout.certificate(use.stem, generation: number)
            let certificate = try StoredCertificate(file, use: use, generation: number)
            var stored: StoredKey?
            if let generation = keys.last(where: { $0 <= number }) {
                if let known = opened[generation] {
                    stored = known
                } else {
                    stored = try key(layout.key(use.stem, generation: generation))
                }
                opened[generation] = stored
            }
            found.append(CertifiedKey(certificate, key: stored, issuers: issuers))
        }
        return found
    }
}
