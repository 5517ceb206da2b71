import OpenSSLCrypto
import Primitives

/// What a certificate made for a test says.
struct CertificateDraft: Sendable {
    enum Kind: Sendable {
        case authority, documentSigner, timeStamp
    }

    var name: String
    var kind: Kind
    var organizationIdentifier: String?
    var serial: [UInt8] = [0x40] + OpenSSLRandomness().bytes(8)
    var notBefore = TestTrust.begin
    var notAfter = TestTrust.end
    var uriNames: [String] = []
    var crlURLs: [String] = []
    /// An extension no reader knows, marked critical.
    var hasUnknownCriticalExtension = false

    /// RFC 5280 §4.1.2.4.
    var subject: DERNode {
        var attributes = [("2.5.4.6", "CN"), ("2.5.4.10", "Test Office"), ("2.5.4.3", name)]
        if let organizationIdentifier { attributes.append(("2.5.4.97", organizationIdentifier)) }
        return DERNode(
            0x30,
            attributes.map { type, value in
                let text = type == "2.5.4.6" ? DERNode(0x13, octets: Array(value.utf8)) : .text(value)
                return .set(.sequence(.oid(type), text))
            })
    }
}

/// A key with its certificate, and whom it certified.
final class TestParty: Sendable {
    let draft: CertificateDraft
    let key: PrivateKey
    let algorithm: SignatureAlgorithm
    let certificate: [UInt8]
    /// The signer's certificate first, without the root.
    let chain: [[UInt8]]
    let name: DERNode

    init(
        _ draft: CertificateDraft, issuer: TestParty? = nil, algorithm: SignatureAlgorithm = .es256,
        key: PrivateKey? = nil, certificate: [UInt8]? = nil
    ) throws {
        let own = try key ?? PrivateKey.generate(for: algorithm)
        (self.draft, self.key, self.algorithm, name) = (draft, own, algorithm, draft.subject)
        let der =
            try certificate
            ?? TestParty.certificate(
                draft, publicKey: own.subjectPublicKeyInfo(), issuerName: issuer?.name ?? draft.subject,
                issuerKey: issuer?.key ?? own, issuerAlgorithm: issuer?.algorithm ?? algorithm)
        self.certificate = der
        chain = issuer == nil ? [] : [der] + (issuer?.chain ?? [])
    }

    var signer: OpenSSLSigner {
        get throws { try OpenSSLSigner(key: key, algorithm: algorithm, certificateChain: chain) }
    }

    /// RFC 5280 §5.1: revoked serial numbers with their moments.
    func revocationList(
        revoked: [(party: TestParty, at: Instant)] = [], from: Instant = TestTrust.now.adding(seconds: -86_400),
        until: Instant = TestTrust.now.adding(seconds: 6 * 86_400)
    ) throws -> [UInt8] {
        let algorithm = DERNode.sequence(.oid("1.2.840.10045.4.3.2"))
        let number = DERNode.sequence(.oid("2.5.29.20"), .octetString(.integer([1])))
        let entries = revoked.map { party, at in
            DERNode.sequence(
                .integer(party.draft.serial), .time(at),
                .sequence(.sequence(.oid("2.5.29.21"), .octetString(DERNode(0x0A, octets: [1])))))
        }
        let list = entries.isEmpty ? [] : [DERNode(0x30, entries)]
        let extensions = DERNode(0xA0, [.sequence(try authorityKeyIdentifier(), number)])
        let body = DERNode(
            0x30, [.integer([1]), algorithm, name, .time(from), .time(until)] + list + [extensions])
        let signature = try OpenSSLSigner(key: key, algorithm: .es256).signature(over: body.encoded)
        return DERNode.sequence(body, algorithm, .bits(signature)).encoded
    }

    private func authorityKeyIdentifier() throws -> DERNode {
        let identifier = try TestParty.keyIdentifier(key.subjectPublicKeyInfo())
        return .sequence(
            .oid("2.5.29.35"), .octetString(.sequence(DERNode(0x80, octets: identifier))))
    }

    static func keyIdentifier(_ publicKey: [UInt8]) -> [UInt8] {
        Array(OpenSSLHashing().sha256(publicKey).bytes.prefix(20))
    }

    /// A certificate for any public key, signed with `issuerKey`.
    static func certificate(
        _ draft: CertificateDraft, publicKey: [UInt8], issuerName: DERNode, issuerKey: PrivateKey,
        issuerAlgorithm: SignatureAlgorithm
    ) throws -> [UInt8] {
        let algorithm = DERNode.sequence(
            .oid(issuerAlgorithm == .es384 ? "1.2.840.10045.4.3.3" : "1.2.840.10045.4.3.2"))
        let issuerKeyIdentifier = try keyIdentifier(issuerKey.subjectPublicKeyInfo())
        let body = DERNode.sequence(
            DERNode(0xA0, [.integer([2])]), .integer(draft.serial), algorithm, issuerName,
            .sequence(.time(draft.notBefore), .time(draft.notAfter)), draft.subject, DERNode(publicKey),
            DERNode(0xA3, [DERNode(0x30, extensions(draft, publicKey, issuerKeyIdentifier))]))
        let signature = try OpenSSLSigner(key: issuerKey, algorithm: issuerAlgorithm).signature(over: body.encoded)
        return DERNode.sequence(body, algorithm, .bits(signature)).encoded
    }

    private static func extensions(
        _ draft: CertificateDraft, _ publicKey: [UInt8], _ issuerKeyIdentifier: [UInt8]
    ) -> [DERNode] {
        func entry(_ oid: String, isCritical: Bool = false, _ value: DERNode) -> DERNode {
            DERNode(0x30, [.oid(oid)] + (isCritical ? [.yes] : []) + [.octetString(value)])
        }
        func address(_ url: String) -> DERNode { DERNode(0x86, octets: Array(url.utf8)) }
        let usage: DERNode =
            switch draft.kind {
            case .authority: .bits(unused: 1, [0x06])
            case .documentSigner: .bits(unused: 6, [0xC0])
            case .timeStamp: .bits(unused: 7, [0x80])
            }
        var list = [
            entry("2.5.29.19", isCritical: true, DERNode(0x30, draft.kind == .authority ? [.yes] : [])),
            entry("2.5.29.15", isCritical: true, usage),
            entry("2.5.29.14", DERNode(0x04, octets: keyIdentifier(publicKey))),
            entry("2.5.29.35", .sequence(DERNode(0x80, octets: issuerKeyIdentifier))),
        ]
        if draft.kind == .documentSigner {
            list.append(
                entry("2.5.29.37", .sequence(.oid("1.3.6.1.5.5.7.3.36"), .oid("1.3.6.1.5.5.7.3.4"))))
        }
        if draft.kind == .timeStamp {
            list.append(entry("2.5.29.37", isCritical: true, .sequence(.oid("1.3.6.1.5.5.7.3.8"))))
        }
        if !draft.uriNames.isEmpty { list.append(entry("2.5.29.17", DERNode(0x30, draft.uriNames.map(address)))) }
        if !draft.crlURLs.isEmpty {
            list.append(
                entry(
                    "2.5.29.31",
                    DERNode(
                        0x30,
                        draft.crlURLs.map { .sequence(DERNode(0xA0, [DERNode(0xA0, [address($0)])])) })))
        }
        if draft.hasUnknownCriticalExtension {
            list.append(entry("2.999.1", isCritical: true, DERNode(0x05, octets: [])))
        }
        return list
    }
}
