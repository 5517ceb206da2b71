import Primitives
import Synchronization

/// A private key in its encrypted file, opened when it is first needed, because opening takes 40 ms.
final class StoredKey: Sendable {
    let file: GuardedFile
    private let content: [UInt8]
    private let passphrase: Secret
    private let opened = Mutex<PrivateKey?>(nil)

    /// Reads the file and checks that it is whole; does not decrypt.
    init(_ file: GuardedFile, passphrase: Secret) throws(KeyFolderFault) {
        (self.file, self.passphrase) = (file, passphrase)
        content = try file.read()
        do {
            try KeyFile.check(content)
        } catch {
            throw StoredKey.fault(error, file)
        }
    }

    /// - Parameter publicKey: DER SubjectPublicKeyInfo that the key must have; `nil` asks nothing.
    func key(for publicKey: [UInt8]?) throws -> PrivateKey {
        try opened.withLock { opened in
            if let key = opened { return key }
            let key: PrivateKey
            do throws(KeyFile.Fault) {
                key = try KeyFile.decrypt(content, passphrase: passphrase)
            } catch {
                throw StoredKey.fault(error, file)
            }
            if let publicKey {
                guard try key.subjectPublicKeyInfo() == publicKey else {
                    throw file.fault("is not the key that its certificate or public key names")
                }
            }
            opened = key
            return key
        }
    }

    /// Makes a key and its file.
    static func make(
        _ file: GuardedFile, for algorithm: SignatureAlgorithm, passphrase: Secret
    ) throws -> StoredKey {
        let key = try PrivateKey.generate(for: algorithm)
        try file.write(Array(try KeyFile.encrypt(key, passphrase: passphrase).utf8))
        let stored = try StoredKey(file, passphrase: passphrase)
        stored.opened.withLock { $0 = key }
        return stored
    }

    private static func fault(_ fault: KeyFile.Fault, _ file: GuardedFile) -> KeyFolderFault {
        switch fault {
        case .malformed: file.fault("is cut short or is no encrypted private key")
        case .weak: file.fault("is encrypted in an old way; encrypt it again with PBES2 (openssl pkcs8 -topk8 -scrypt)")
        case .wrongPassphrase: file.fault("does not open with this passphrase")
        }
    }
}
