import Identity
import JOSE
import OpenSSLCrypto
import Primitives
import Synchronization

/// One key of every algorithm, made once for the whole test run.
struct TestKeys: TokenKeys {
    private struct Key {
        let signer: TokenSigner
        let published: JWK
    }

    private static let keys: [SignatureAlgorithm: Key] = {
        var keys: [SignatureAlgorithm: Key] = [:]
        for algorithm in [SignatureAlgorithm.es256, .rs256, .ps256, .eddsa] {
            guard let key = try? PrivateKey.generate(for: algorithm), let info = try? key.subjectPublicKeyInfo(),
                let signer = try? OpenSSLSigner(key: key, algorithm: algorithm),
                let published = JWK(subjectPublicKeyInfo: info, algorithm: algorithm, keyID: algorithm.rawValue)
            else { continue }
            keys[algorithm] = Key(
                signer: TokenSigner(signer: signer, keyID: algorithm.rawValue), published: published)
        }
        return keys
    }()

    struct NoKey: Error {}

    func active(_ algorithm: SignatureAlgorithm) throws -> TokenSigner {
        guard let key = TestKeys.keys[algorithm] else { throw NoKey() }
        return key.signer
    }

    func published() -> [JWK] { TestKeys.keys.values.map(\.published) }

    func publicKey(_ keyID: String) -> JWK? {
        SignatureAlgorithm(rawValue: keyID).flatMap { TestKeys.keys[$0]?.published }
    }
}

struct TestMAC: TokenMAC {
    let sealing: any Sealing

    func mac(_ message: [UInt8], purpose: String) -> [UInt8] {
        sealing.lookupValue(of: Secret(message), purpose: "test-mac/\(purpose)").bytes
    }
}

struct TestNaming: SubjectNaming {
    let sealing: any Sealing
    let currentVersion = 1

    func subject(of account: Identifier<Account>, sector: String, version: Int) throws -> String {
        let value = Secret(Array(sector.utf8) + [0] + account.bytes)
        return Base64.encodeURL(sealing.lookupValue(of: value, purpose: "test-naming/\(version)").bytes)
    }
}

/// Quick to compute, and it counts what was computed: the measure of "in one time".
final class TestPasswords: PasswordHashing {
    private let computed = Mutex(0)
    private let hashing = OpenSSLHashing()

    /// Hashes computed so far.
    var count: Int { computed.withLock { $0 } }

    func hash(_ password: Secret) async throws -> String {
        computed.withLock { $0 += 1 }
        return "test$" + hashing.sha256(password.exposedBytes).description
    }

    func matches(_ password: Secret, hash: String?) async throws -> Bool {
        let own = try await self.hash(password)
        return own == hash
    }

    func isCurrent(_ hash: String) -> Bool { true }
}

/// Six digits that follow from secret and step, though not by RFC 6238: its vectors are tested beside the adapter.
struct TestOneTimePasswords: OneTimePasswords {
    static func code(_ secret: Secret, at: Instant) -> String { code(secret, step: at.secondsSinceEpoch / 30) }

    private static func code(_ secret: Secret, step: Int64) -> String {
        let bytes = OpenSSLHashing().sha256(secret.exposedBytes + Array(String(step).utf8)).bytes
        return ((Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])) % 1_000_000).padded(6)
    }

    func step(of code: String, secret: Secret, at: Instant) -> Int64? {
        let now = at.secondsSinceEpoch / 30
        return [now, now - 1, now + 1].first { TestOneTimePasswords.code(secret, step: $0) == code }
    }
}
