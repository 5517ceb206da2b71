import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

struct PathRefusalTests {
    private let paths = OpenSSLCertificatePaths()
    private let now = TestCertificate.now
    private let root: TestCertificate
    private let issuing: TestCertificate

    init() throws {
        root = try TestCertificate("Root", .authority(pathLength: nil))
        issuing = try TestCertificate("Issuing", .authority(pathLength: 0), by: root)
    }

    /// The kind of refusal; `nil` when the path stands.
    private func refusal(
        _ leaf: [UInt8], over intermediates: [[UInt8]]? = nil, to anchors: [[UInt8]]? = nil, at: Instant? = nil,
        for purpose: CertificatePurpose = .documentSigning
    ) -> String? {
        do {
            _ = try paths.path(
                for: leaf, intermediates: intermediates ?? [issuing.der], anchors: anchors ?? [root.der], crls: [],
                at: at ?? now, revocationAt: at ?? now, purpose: purpose)
            return nil
        } catch {
            return switch error {
            case .noChain: "noChain"
            case .notYetValid: "notYetValid"
            case .expired: "expired"
            case .badSignature: "badSignature"
            case .constraint: "constraint"
            case .weak: "weak"
            case .issuerRevoked: "issuerRevoked"
            }
        }
    }

    private func leaf(_ change: (inout TestCertificate.Change) -> Void = { _ in }) throws -> [UInt8] {
        try TestCertificate("Signer", by: issuing, change).der
    }

    @Test func `a good path stands, whatever stands beside it`() throws {
        let leaf = try leaf()
        let strangers = try (0..<30).map { try TestCertificate("Stranger \($0)", by: root).der }
        #expect(refusal(leaf) == nil)
        #expect(refusal(leaf, over: strangers + [[], [0x30, 0], leaf, root.der, issuing.der]) == nil)
        let path = try paths.path(
            for: leaf, intermediates: [issuing.der], anchors: [root.der], crls: [], at: now, revocationAt: now,
            purpose: .documentSigning)
        #expect(path.chain.map(\.commonName) == ["Signer", "Issuing", "Root"] && path.revocation == .unknown)
    }

    @Test func `a time outside the validity is refused at either end, and the ends count as inside`() throws {
        let leaf = try leaf {
            $0.notBefore = TestCertificate.now
            $0.notAfter = TestCertificate.now.adding(seconds: 10)
        }
        #expect(refusal(leaf, at: now.adding(seconds: -1)) == "notYetValid")
        #expect(refusal(leaf, at: now) == nil)
        #expect(refusal(leaf, at: now.adding(seconds: 9)) == nil)
        #expect(refusal(leaf, at: now.adding(seconds: 11)) == "expired")
    }

    @Test func `an expired issuer and an expired anchor are refused`() throws {
        let old = try TestCertificate("Issuing", .authority(pathLength: 0), by: root) {
            $0.notAfter = TestCertificate.now.adding(seconds: -1)
        }
        #expect(refusal(try TestCertificate("S", by: old).der, over: [old.der]) == "expired")
        let oldRoot = try TestCertificate("Root", .authority(pathLength: nil)) {
            $0.notAfter = TestCertificate.now.adding(seconds: -1)
        }
        #expect(refusal(try TestCertificate("S", by: oldRoot).der, over: [], to: [oldRoot.der]) == "expired")
    }

    @Test func `times far outside any calendar refuse and do not trap`() throws {
        let leaf = try leaf()
        for milliseconds in [Int64.min, -1, 0, .max] {
            #expect(refusal(leaf, at: Instant(millisecondsSinceEpoch: milliseconds)) != nil)
        }
    }

    @Test func `a signature by another key is refused`() throws {
        let thief = try PrivateKey.generate(for: .es256)
        let forged = try TestCertificate("Signer", by: issuing, signedWith: thief).der
        #expect(refusal(forged) == "badSignature")
        var changed = try leaf()
        let place = try #require(changed.indices.last { changed[$0...].starts(with: "Signer".utf8) })
        changed[place] = UInt8(ascii: "T")
        #expect(refusal(changed) == "badSignature")
    }

    @Test func `an issuer that is no authority is refused`() throws {
        let middle = try TestCertificate("Middle", .signer, by: root)
        #expect(refusal(try TestCertificate("S", by: middle).der, over: [middle.der]) == "constraint")
        let noUsage = try TestCertificate("Middle", .authority(pathLength: 0), by: root) { $0.keyUsage = [0, 6] }
        #expect(refusal(try TestCertificate("S", by: noUsage).der, over: [noUsage.der]) == "constraint")
    }

    @Test func `a path longer than its authorities allow is refused`() throws {
        let below = try TestCertificate("Below", .authority(pathLength: nil), by: issuing)
        #expect(refusal(try TestCertificate("S", by: below).der, over: [below.der, issuing.der]) == "constraint")
        var chain = [root]
        for number in 0..<9 {
            chain.append(try TestCertificate("Level \(number)", .authority(pathLength: nil), by: chain[number]))
        }
        let deep = try TestCertificate("S", by: chain[9]).der
        #expect(refusal(deep, over: chain.dropFirst().map(\.der)) == "noChain")
    }

    @Test(arguments: [
        ["1.3.6.1.5.5.7.3.36"], ["1.3.6.1.5.5.7.3.4"], ["2.5.29.37.0"], ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.4"], nil,
    ])
    func `usages that sign documents are accepted`(usages: [String]?) throws {
        #expect(refusal(try leaf { $0.extendedKeyUsages = usages }) == nil)
    }

    @Test(arguments: [["1.3.6.1.5.5.7.3.1"], ["1.3.6.1.5.5.7.3.8"], ["1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.2"]])
    func `usages without document signing are refused`(usages: [String]) throws {
        #expect(refusal(try leaf { $0.extendedKeyUsages = usages }) == "constraint")
    }

    @Test func `a key that may not sign is refused`() throws {
        #expect(refusal(try leaf { $0.keyUsage = [2] }) == "constraint")
        #expect(refusal(try leaf { $0.hasKeyUsage = false }) == "constraint")
        #expect(refusal(try leaf { $0.keyUsage = [0] }) == nil)
        #expect(refusal(try leaf { $0.keyUsage = [1] }) == nil)
    }

    @Test func `an authority does not sign documents itself`() throws {
        let other = try TestCertificate("Other", .authority(pathLength: 0), by: root) { $0.keyUsage = [0, 1, 5] }
        #expect(refusal(other.der) == "constraint")
        #expect(refusal(root.der) == "constraint")
    }

    @Test func `an intermediate narrowed to another use is refused`() throws {
        let narrow = try TestCertificate("Narrow", .authority(pathLength: 0), by: root) {
            $0.extendedKeyUsages = ["1.3.6.1.5.5.7.3.1"]
        }
        #expect(refusal(try TestCertificate("S", by: narrow).der, over: [narrow.der]) == "constraint")
    }

    @Test func `time-stamping must be the only usage, and critical`() throws {
        let usage = "1.3.6.1.5.5.7.3.8"
        func stamp(_ usages: [String]?, isCritical: Bool, keyUsage: [UInt8] = [0]) throws -> String? {
            let leaf = try leaf {
                ($0.extendedKeyUsages, $0.isUsageCritical, $0.keyUsage) = (usages, isCritical, keyUsage)
            }
            return refusal(leaf, for: .timeStamping)
        }
        #expect(try stamp([usage], isCritical: true) == nil)
        #expect(try stamp([usage], isCritical: true, keyUsage: [0, 1]) == nil)
        #expect(try stamp([usage], isCritical: false) == "constraint")
        #expect(try stamp([usage, "1.3.6.1.5.5.7.3.36"], isCritical: true) == "constraint")
        #expect(try stamp(nil, isCritical: false) == "constraint")
        #expect(try stamp([usage], isCritical: true, keyUsage: [0, 2]) == "constraint")
    }

    @Test func `an unknown extension is refused when it is critical, wherever it stands`() throws {
        let critical = TestCertificate.extension("1.2.3.4", isCritical: true, DER.null)
        let plain = TestCertificate.extension("1.2.3.4", isCritical: false, DER.null)
        #expect(refusal(try leaf { $0.more = [critical] }) == "constraint")
        #expect(refusal(try leaf { $0.more = [plain] }) == nil)
        #expect(refusal(try leaf { $0.more = [plain, plain] }) == "constraint")
        let middle = try TestCertificate("M", .authority(pathLength: 0), by: root) { $0.more = [critical] }
        #expect(refusal(try TestCertificate("S", by: middle).der, over: [middle.der]) == "constraint")
        // Policy constraints: OpenSSL knows them and, unasked, does not evaluate them.
        let policy = TestCertificate.extension(
            "2.5.29.36", isCritical: true, DER.sequence(DER.implicit(0, [0])))
        let demanding = try TestCertificate("M", .authority(pathLength: 0), by: root) { $0.more = [policy] }
        #expect(refusal(try TestCertificate("S", by: demanding).der, over: [demanding.der]) == "constraint")
    }

    @Test func `name constraints of an authority are kept`() throws {
        func constraints(_ host: String) -> [UInt8] {
            let subtree = DER.sequence(DER.implicit(6, Array(host.utf8)))
            return TestCertificate.extension("2.5.29.30", isCritical: true, DER.sequence(DER.explicit(0, subtree)))
        }
        let uri = CertificateExtension.alternativeName(uri: "https://licenses.example/x")
        for (host, expected) in [("licenses.example", nil), ("other.example", "constraint")] {
            let middle = try TestCertificate("M", .authority(pathLength: 0), by: root) { $0.more = [constraints(host)] }
            let leaf = try TestCertificate("S", by: middle) { $0.more = [uri] }
            #expect(refusal(leaf.der, over: [middle.der]) == expected)
        }
    }

    @Test func `only authorities are anchors`() throws {
        let leaf = try leaf()
        let alone = try TestCertificate("Alone")
        #expect(refusal(alone.der, over: [], to: [alone.der]) == "noChain")
        #expect(refusal(leaf, to: [leaf]) == "noChain")
        #expect(refusal(leaf, to: []) == "noChain")
        #expect(refusal(leaf, to: [issuing.der]) == "noChain")
        #expect(refusal(leaf, over: []) == "noChain")
        #expect(refusal(leaf, to: [try TestCertificate("Root", .authority(pathLength: nil)).der]) != nil)
        #expect(refusal(leaf, to: [[0x30, 0x00], [], root.der]) == nil)
    }

    @Test func `weak certificates are refused and named so`() {
        func refusal(_ leaf: [UInt8], _ anchor: [UInt8] = ForeignCertificates.root) -> String? {
            self.refusal(leaf, over: [], to: [anchor])
        }
        #expect(refusal(ForeignCertificates.goodLeaf) == nil)
        #expect(refusal(ForeignCertificates.shortKey) == "weak")
        #expect(refusal(ForeignCertificates.oldHash) == "weak")
        #expect(refusal(ForeignCertificates.otherCurve) == "weak")
        #expect(refusal(ForeignCertificates.explicitCurve) == "weak")
        #expect(refusal(ForeignCertificates.goodLeaf, ForeignCertificates.versionOneRoot) == "noChain")
    }

    @Test func `broken bytes are no certificate and refuse without a trap`() throws {
        let leaf = try leaf()
        #expect(paths.certificate([]) == nil)
        #expect(paths.certificate(leaf + [0]) == nil)
        #expect(paths.certificate([UInt8](repeating: 0x30, count: 70_000)) == nil)
        for length in stride(from: 0, to: leaf.count, by: 7) {
            #expect(paths.certificate(Array(leaf.prefix(length))) == nil)
        }
        for index in leaf.indices {
            var changed = leaf
            changed[index] ^= 0x41
            _ = paths.certificate(changed)
            #expect(refusal(changed) != nil)
        }
    }

    @Test func `a certificate over 64 KiB is not read`() throws {
        let filler = TestCertificate.extension("1.2.3", isCritical: false, [UInt8](repeating: 0, count: 66_000))
        #expect(paths.certificate(try leaf { $0.more = [filler] }) == nil)
    }
}
