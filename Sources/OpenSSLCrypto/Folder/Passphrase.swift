import Primitives

/// What encrypts the key files.
enum Passphrase {
    private static let maximumLength = 1024

    /// The file's content without a final line break.
    static func read(_ file: GuardedFile) throws(KeyFolderFault) -> Secret {
        var bytes = try file.read(limit: maximumLength)
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        guard !bytes.isEmpty else { throw file.fault("is empty; it must hold the passphrase of the keys") }
        return Secret(bytes)
    }

    /// 256 random bits as text.
    static func make(_ file: GuardedFile) throws(KeyFolderFault) -> Secret {
        let text = Base64.encodeURL(OpenSSLRandomness().bytes(32))
        try file.write(Array((text + "\n").utf8))
        return Secret(Array(text.utf8))
    }
}
