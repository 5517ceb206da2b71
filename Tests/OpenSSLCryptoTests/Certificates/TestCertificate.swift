import Licensing
import Primitives

@testable import OpenSSLCrypto

/// A certificate made to order, good unless it is told otherwise.
struct TestCertificate {
    static let now = Instant(secondsSinceEpoch: 1_800_000_000)

    let name: String
    let key: PrivateKey
    let der: [UInt8]

    enum Kind {
        case authority(pathLength: UInt64?)
        case signer
    }

    /// What to do wrong.
    struct Change {
        var notBefore = TestCertificate.now.adding(seconds: -86_400)
        var notAfter = TestCertificate.now.adding(seconds: 86_400)
        /// `nil` is what the kind has by right.
        var keyUsage: [UInt8]?
        var hasKeyUsage = true
        var extendedKeyUsages: [String]? = ["1.3.6.1.5.5.7.3.36"]
        var isUsageCritical = false
        var more: [[UInt8]] = []
        var algorithm = SignatureAlgorithm.es256
    }

    init(
        _ name: String, _ kind: Kind = .signer, by issuer: TestCertificate? = nil,
        signedWith signingKey: PrivateKey? = nil,
        serial: UInt64 = 7, _ change: (inout Change) -> Void = { _ in }
    ) throws {
        var parts = Change()
        if case .authority = kind { parts.extendedKeyUsages = nil }
        change(&parts)
        let key = try PrivateKey.generate(for: parts.algorithm)
        (self.name, self.key) = (name, key)
        let signer = try OpenSSLSigner(
            key: signingKey ?? issuer?.key ?? key,
            algorithm: signingKey == nil && issuer == nil ? parts.algorithm : .es256)
        let algorithm = AlgorithmIdentifier.signature(signer.algorithm)
        let body = DER.sequence(
            DER.explicit(0, DER.integer(2)), DER.integer(serial), algorithm,
            TestCertificate.name(issuer?.name ?? name),
            DER.sequence(DER.time(parts.notBefore), DER.time(parts.notAfter)),
            TestCertificate.name(name), try key.subjectPublicKeyInfo(),
            DER.explicit(3, DER.sequence(of: TestCertificate.extensions(kind, parts))))
        der = DER.sequence(body, algorithm, DER.bits(try signer.signature(over: body)))
    }

    private static func extensions(_ kind: Kind, _ parts: Change) -> [[UInt8]] {
        var list: [[UInt8]] = []
        var usage: [UInt8] = [0, 1]
        if case .authority(let pathLength) = kind {
            usage = [5, 6]
            list.append(
                CertificateExtension.basicConstraints(
                    DER.sequence(DER.boolean(true), pathLength.map { DER.integer($0) } ?? [])))
        }
        if parts.hasKeyUsage { list.append(CertificateExtension.keyUsage(parts.keyUsage ?? usage)) }
        if let usages = parts.extendedKeyUsages {
            list.append(CertificateExtension.extendedKeyUsage(usages, isCritical: parts.isUsageCritical))
        }
        return list + parts.more
    }

    static func name(_ commonName: String) -> [UInt8] {
        DER.sequence(DER.set(DER.sequence(DER.oid("2.5.4.3"), DER.utf8(commonName))))
    }

    static func `extension`(_ oid: String, isCritical: Bool, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(DER.oid(oid), isCritical ? DER.boolean(true) : [], DER.octets(value))
    }

    /// A revocation list by this certificate's key.
    func revocationList(
        of serials: [UInt64] = [], from start: Instant = now.adding(seconds: -3600),
        to end: Instant = now.adding(seconds: 3600), named: String? = nil,
        reason: RevokedCertificate.Reason = .keyCompromise,
        extensions: [[UInt8]] = []
    ) throws -> [UInt8] {
        let signer = try OpenSSLSigner(key: key, algorithm: .es256)
        let algorithm = AlgorithmIdentifier.signature(.es256)
        let entries = serials.map { serial in
            RevokedCertificate(
                serialNumber: [UInt8(truncatingIfNeeded: serial)], at: start, reason: reason
            ).encoded
        }
        let body = DER.sequence(
            DER.integer(1), algorithm, TestCertificate.name(named ?? name), DER.time(start), DER.time(end),
            entries.isEmpty ? [] : DER.sequence(of: entries),
            extensions.isEmpty ? [] : DER.explicit(0, DER.sequence(of: extensions)))
        return DER.sequence(body, algorithm, DER.bits(try signer.signature(over: body)))
    }
}
