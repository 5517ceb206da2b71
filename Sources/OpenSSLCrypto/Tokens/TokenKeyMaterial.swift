import Identity
import Primitives
import Synchronization

/// A private key that signs tokens, prepared when it is first needed.
final class TokenKeyMaterial: Sendable {
    private let stored: StoredKey
    private let record: TokenKeyRecord
    private let prepared = Mutex<TokenSigner?>(nil)

    init(_ record: TokenKeyRecord, stored: StoredKey) {
        (self.record, self.stored) = (record, stored)
    }

    /// The same each time.
    func signer() throws -> TokenSigner {
        try prepared.withLock { prepared in
            if let signer = prepared { return signer }
            let key = try stored.key(for: record.publicKey)
            let signer = TokenSigner(
                signer: try OpenSSLSigner(key: key, algorithm: record.algorithm), keyID: record.keyID)
            prepared = signer
            return signer
        }
    }
}
