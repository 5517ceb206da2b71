import Licensing
import OpenSSLCrypto
import Primitives
import Synchronization

/// One key for each use; `shared` are made once for all tests.
final class OfficeKeys: SigningKeys, TrustMaterial {
    struct Broken: Error {}

    static let shared = OfficeKeys()

    let department: OpenSSLSigner
    let authority: OpenSSLSigner
    let timeStamps: OpenSSLSigner
    let publicKeys: [String: [UInt8]]
    private let signers: Mutex<Bool> = Mutex(true)

    /// - Parameter algorithm: of the department and of the time-stamps.
    init(algorithm: SignatureAlgorithm = .es256) {
        var publicKeys: [String: [UInt8]] = [:]
        func signer(_ name: String, _ serial: UInt8, _ algorithm: SignatureAlgorithm) -> OpenSSLSigner {
            do {
                let issuer = try PrivateKey.generate(for: .es256)
                let key = try PrivateKey.generate(for: algorithm)
                publicKeys[name] = try key.subjectPublicKeyInfo()
                let certificate = try SmallCertificate.make(name: name, serial: serial, key: key, issuer: issuer)
                return try OpenSSLSigner(key: key, algorithm: algorithm, certificateChain: [certificate])
            } catch {
                preconditionFailure("no test key: \(error)")
            }
        }
        (department, authority) = (signer("department", 1, algorithm), signer("authority", 2, .es256))
        timeStamps = signer("time-stamps", 3, algorithm)
        self.publicKeys = publicKeys
    }

    /// Takes the department's key away, or gives it back.
    func breakDepartment(_ isBroken: Bool) { signers.withLock { $0 = !isBroken } }

    func documentSigner(department: String, at: Instant) throws -> any Signer {
        guard signers.withLock({ $0 }) else { throw Broken() }
        return self.department
    }

    func authoritySigner(at: Instant) throws -> any Signer { authority }
    func timeStampSigner(at: Instant) throws -> any Signer { timeStamps }

    var anchors: [[UInt8]] { authority.certificateChain }
    var certificates: [[UInt8]] { department.certificateChain + timeStamps.certificateChain }
    func revocationLists(at: Instant) throws -> [String: [UInt8]] {
        ["root": [0x30, 0x00], "issuing-ca": [0x30, 0x01, 0x05]]
    }
}
