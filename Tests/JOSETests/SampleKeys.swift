import OpenSSLCrypto
import Primitives
import Testing

/// One key of each kind, made once for the whole run.
struct SampleKeys: Sendable {
    static let shared = Result { try SampleKeys() }

    /// Stands for a certificate; nothing here looks into it.
    static let chain: [[UInt8]] = [[0x30, 0x03, 0x02, 0x01, 0x07], [0x30, 0x00]]

    private let keys: [SignatureAlgorithm: PrivateKey]

    private init() throws {
        keys = try Dictionary(
            uniqueKeysWithValues: SignatureAlgorithm.allCases.map { ($0, try PrivateKey.generate(for: $0)) })
    }

    static func signer(_ algorithm: SignatureAlgorithm) throws -> OpenSSLSigner {
        try OpenSSLSigner(key: key(algorithm), algorithm: algorithm, certificateChain: chain)
    }

    static func publicKey(_ algorithm: SignatureAlgorithm) throws -> [UInt8] {
        try key(algorithm).subjectPublicKeyInfo()
    }

    private static func key(_ algorithm: SignatureAlgorithm) throws -> PrivateKey {
        try #require(try shared.get().keys[algorithm])
    }
}
