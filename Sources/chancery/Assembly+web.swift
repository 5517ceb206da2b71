import Audit
import Identity
import LicensePages
import Licensing
import OpenSSLCrypto
import Primitives
import Store
import Web

extension Assembly {
    var bundles: BundleExport {
        BundleExport(
            publisher: statusPublisher, register: store, keys: keys, material: keys, issuerURL: settings.issuer)
    }

    func webPorts(_ signOn: SignOn) -> WebPorts {
        let office = office
        return WebPorts(
            issuerURL: settings.issuer, isBehindProxy: settings.isBehindProxy, register: store, trust: keys,
            publisher: statusPublisher, bundles: bundles, hashing: Assembly.hashing,
            signatureVerifier: Assembly.signatureVerifier, paths: Assembly.paths, clock: Assembly.clock,
            signOn: SignOnPorts(
                signOn: signOn, departmentNames: policy.departments.mapValues(\.name), qrCode: QRCodeRows.rows),
            credential: { number in
                try await office.documents(of: number).first { $0.format == .sdJWT }.map {
                    String(decoding: $0.bytes, as: UTF8.self)
                }
            })
    }

    /// An audit entry of the program itself.
    func append(_ event: AuditEvent) async throws {
        try await store.append(AuditEntry(event, at: Assembly.clock.now(), actor: Assembly.operatorName))
    }
}
