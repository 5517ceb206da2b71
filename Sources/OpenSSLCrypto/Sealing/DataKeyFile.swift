import Primitives

/// The data key at rest: `01 ‖ salt (16) ‖ nonce (12) ‖ AES-256-GCM of 32 bytes`, the key from the passphrase by scrypt,
/// as PEM. Not PKCS#8, because a damaged data key must be noticed: what would be sealed under it could not be opened again.
enum DataKeyFile {
    static let label = "CHANCERY DATA KEY"
    private static let version: UInt8 = 1
    private static let length =
        1 + PassphraseStretching.saltLength + AuthenticatedEncryption.nonceLength + 32
        + AuthenticatedEncryption.tagLength

    static func encrypt(_ dataKey: Secret, passphrase: Secret) throws(OpenSSLError) -> String {
        let salt = OpenSSLRandomness().bytes(PassphraseStretching.saltLength)
        let nonce = OpenSSLRandomness().bytes(AuthenticatedEncryption.nonceLength)
        let key = try PassphraseStretching.key(from: passphrase, salt: salt)
        let sealed = try AuthenticatedEncryption.encrypt(
            dataKey.exposedBytes, key: key.exposedBytes, nonce: nonce, authenticating: Array(label.utf8))
        return PEM(label: label, bytes: [version] + salt + nonce + sealed).text
    }

    /// `nil` when the passphrase is wrong or a bit was changed.
    static func decrypt(_ file: [UInt8], passphrase: Secret) throws(OpenSSLError) -> Secret? {
        guard let bytes = content(of: file) else { return nil }
        let salt = Array(bytes.dropFirst().prefix(PassphraseStretching.saltLength))
        let rest = bytes.dropFirst(1 + PassphraseStretching.saltLength)
        let key = try PassphraseStretching.key(from: passphrase, salt: salt)
        let plain = try AuthenticatedEncryption.decrypt(
            rest.dropFirst(AuthenticatedEncryption.nonceLength), key: key.exposedBytes,
            nonce: Array(rest.prefix(AuthenticatedEncryption.nonceLength)), authenticating: Array(label.utf8))
        return plain.map { Secret($0) }
    }

    /// Whether the file has the right shape.
    static func isWhole(_ file: [UInt8]) -> Bool { content(of: file) != nil }

    private static func content(of file: [UInt8]) -> [UInt8]? {
        guard let bytes = PEM.single(label, in: file), bytes.count == length, bytes.first == version else { return nil }
        return bytes
    }
}
