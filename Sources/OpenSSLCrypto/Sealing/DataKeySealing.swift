package import Primitives

/// A sealed value cannot be opened. Says nothing of what it holds.
package enum SealingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Too short, or written by a newer program.
    case malformed
    /// The key or the context is another, or a bit was changed.
    case notAuthentic

    package var description: String {
        switch self {
        case .malformed: "the sealed value is cut short or of an unknown form"
        case .notAuthentic: "the sealed value does not open: another key, another context, or changed bytes"
        }
    }
}

/// Encryption at rest under one data key.
///
/// A sealed value is `01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. Each context has an AES key of its own, derived from
/// the data key, so that random nonces stay safe however many values are sealed (SP 800-38D §8.3 allows 2³² a key).
package struct DataKeySealing: Sealing {
    private static let version: UInt8 = 1

    private let encryption: PreparedHMAC
    private let lookup: PurposeHMACs
    private let nonces = BlockRandomness(OpenSSLRandomness())

    /// - Parameter dataKey: 32 random bytes.
    package init(dataKey: Secret) {
        encryption = DataKeySealing.derived(dataKey, "chancery sealing 1")
        lookup = PurposeHMACs(DataKeySealing.derived(dataKey, "chancery look-up 1"))
    }

    private static func derived(_ dataKey: Secret, _ use: String) -> PreparedHMAC {
        PreparedHMAC(key: KeyedHash.hkdf(dataKey.exposedBytes, salt: [], info: Array(use.utf8)))
    }

    private func key(for context: [UInt8]) -> [UInt8] {
        encryption.value(of: context)
    }

    package func seal(_ plaintext: Secret, context: String) throws -> [UInt8] {
        let context = Array(context.utf8)
        let nonce = nonces.bytes(AuthenticatedEncryption.nonceLength)
        let sealed = try AuthenticatedEncryption.encrypt(
            plaintext.exposedBytes, key: key(for: context), nonce: nonce, authenticating: context)
        return [DataKeySealing.version] + nonce + sealed
    }

    /// - Throws: `SealingFault`.
    package func open(_ sealed: [UInt8], context: String) throws -> Secret {
        let overhead = 1 + AuthenticatedEncryption.nonceLength + AuthenticatedEncryption.tagLength
        guard sealed.count >= overhead, sealed.first == DataKeySealing.version else { throw SealingFault.malformed }
        let context = Array(context.utf8)
        let rest = sealed.dropFirst()
        let plaintext = try AuthenticatedEncryption.decrypt(
            rest.dropFirst(AuthenticatedEncryption.nonceLength), key: key(for: context),
            nonce: Array(rest.prefix(AuthenticatedEncryption.nonceLength)), authenticating: context)
        guard let plaintext else { throw SealingFault.notAuthentic }
        return Secret(plaintext)
    }

    package func lookupValue(of value: Secret, purpose: String) -> Digest {
        guard let digest = Digest(lookup.value(of: value.exposedBytes, purpose: purpose)) else {
            Unrecoverable.stop("HMAC-SHA-256 returned a value that is not 32 bytes")
        }
        return digest
    }
}
