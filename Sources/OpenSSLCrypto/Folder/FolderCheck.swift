import Licensing
import Primitives

/// Compares what a key folder holds with what policy asks for.
struct FolderCheck {
    let layout: KeyFolderLayout
    let credentials: [KeyUse: [CertifiedKey]]

    /// The newest generation, which must be there with its key.
    func newest(_ use: KeyUse) throws(KeyFolderFault) -> CertifiedKey {
        guard let newest = credentials[use]?.last else {
            throw layout.certificate(use.stem).fault("is missing; `chancery init` makes what is not there")
        }
        guard newest.key != nil else {
            throw layout.key(use.stem).fault(
                "is missing, although \(newest.stored.file.path) was made for it; put it back from a backup")
        }
        return newest
    }

    /// A document signer must be for the code and the algorithm that policy has now.
    func signer(
        _ use: KeyUse, code: SocialCreditCode, algorithm: SignatureAlgorithm
    ) throws(KeyFolderFault) {
        let newest = try newest(use)
        guard newest.certificate.organizationIdentifier == code.text else {
            throw newest.stored.file.fault("is for another code than \(code); `chancery init` makes its successor")
        }
        guard newest.stored.isForKey(of: algorithm) else {
            throw newest.stored.file.fault(
                "is for another algorithm than \(algorithm.rawValue); `chancery init` makes its successor")
        }
    }
}
