import OpenSSLCrypto
import Primitives

/// Sealing that hides nothing well, but is bound to its context as the real one.
struct BoundSealing: Sealing {
    struct Refused: Error {}

    private static let hashing = OpenSSLHashing()

    /// A digest of something else.
    static func other(_ digest: Digest) -> Digest { hashing.sha256(digest.bytes) }

    func seal(_ plaintext: Secret, context: String) throws -> [UInt8] {
        tag(plaintext.exposedBytes, context) + plaintext.exposedBytes.map { $0 ^ 0x5A }
    }

    func open(_ sealed: [UInt8], context: String) throws -> Secret {
        let plaintext = sealed.dropFirst(32).map { $0 ^ 0x5A }
        guard Array(sealed.prefix(32)) == tag(plaintext, context) else { throw Refused() }
        return Secret(plaintext)
    }

    func lookupValue(of value: Secret, purpose: String) -> Digest {
        BoundSealing.hashing.sha256([Array("lookup/\(purpose)/".utf8)[...], value.exposedBytes[...]])
    }

    private func tag(_ plaintext: [UInt8], _ context: String) -> [UInt8] {
        BoundSealing.hashing.sha256([Array("\(context)/".utf8)[...], plaintext[...]]).bytes
    }
}
