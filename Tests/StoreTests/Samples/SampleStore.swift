import Audit
import Foundation
import OpenSSLCrypto
import Primitives
import Synchronization

@testable import Store

/// A store in a folder of its own, with real cryptography.
final class SampleStore: Sendable {
    static let verifier = OpenSSLSignatureVerifier()

    let folder: URL
    let ports: StorePorts
    let key: AuditLogKey
    let limits: StoreLimits
    private let fatal = Mutex<[StoreFault]>([])
    private let current = Mutex<SQLiteStore?>(nil)

    var path: String { folder.appendingPathComponent("chancery.sqlite").path }

    /// What `onFatal` was called with.
    var fatalFaults: [StoreFault] { fatal.withLock { $0 } }

    init(limits: StoreLimits = StoreLimits(), in parent: URL = FileManager.default.temporaryDirectory) throws {
        folder = parent.appendingPathComponent("chancery-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let randomness = OpenSSLRandomness()
        ports = StorePorts(
            hashing: OpenSSLHashing(), sealing: DataKeySealing(dataKey: Secret(randomness.bytes(32))),
            randomness: randomness, clock: SystemClock())
        let key = try PrivateKey.generate(for: .eddsa)
        let publicKey = Array(try key.subjectPublicKeyInfo().suffix(32))
        guard let identity = AuditLogIdentity(origin: "licenses.example/audit", publicKey: publicKey) else {
            throw StoreFault.failed("no identity")
        }
        self.key = AuditLogKey(identity: identity, signer: try OpenSSLSigner(key: key, algorithm: .eddsa))
        self.limits = limits
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Another store on the same file, as another process would have it.
    func another(_ mode: StoreMode = .readWrite, limits: StoreLimits? = nil, path: String? = nil) throws -> SQLiteStore
    {
        try SQLiteStore(
            path: path ?? self.path, mode: mode, ports: ports, logKey: key, limits: limits ?? self.limits,
            onFatal: { [weak self] fault in self?.fatal.withLock { $0.append(fault) } })
    }

    /// The store, opened on first use.
    func store() throws -> SQLiteStore {
        if let store = current.withLock({ $0 }) { return store }
        let store = try another()
        current.withLock { $0 = store }
        return store
    }

    /// Lets the store go, as the end of its process would.
    func close() {
        current.withLock { current in
            // A queue may hold it a little longer.
            current?.close()
            current = nil
        }
    }

    func report(kept: AuditCheckpoint? = nil) async throws -> AuditReport {
        try await store().auditVerification(verifier: SampleStore.verifier, kept: kept)
    }

    /// All bytes of all files in the folder.
    func bytesOnDisk() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path).map {
                [UInt8]($0)
            }
        }
        return files
    }
}

extension SQLiteStore {
    func allEntries() async throws -> [JSONObject] {
        var entries: [JSONObject] = []
        for try await entry in exportAudit() { entries.append(entry) }
        return entries
    }
}
