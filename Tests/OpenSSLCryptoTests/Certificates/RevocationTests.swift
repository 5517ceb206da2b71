import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

struct RevocationTests {
    private let paths = OpenSSLCertificatePaths()
    private let now = TestCertificate.now
    private let root: TestCertificate
    private let issuing: TestCertificate
    private let leaf: TestCertificate
    private static let address = "https://licenses.example/crl/a.crl"

    init() throws {
        root = try TestCertificate("Root", .authority(pathLength: nil))
        issuing = try TestCertificate("Issuing", .authority(pathLength: 0), by: root, serial: 11)
        leaf = try TestCertificate("Signer", by: issuing, serial: 99) {
            $0.more = [CertificateExtension.revocationListAddress(RevocationTests.address)]
        }
    }

    private func answer(_ lists: [[UInt8]], at: Instant? = nil) throws -> RevocationAnswer {
        try paths.path(
            for: leaf.der, intermediates: [issuing.der], anchors: [root.der], crls: lists, at: now,
            revocationAt: at ?? now, purpose: .documentSigning
        ).revocation
    }

    @Test func `a current list answers good or revoked`() throws {
        #expect(try answer([]) == .unknown)
        #expect(try answer([issuing.revocationList()]) == .good)
        #expect(try answer([issuing.revocationList(of: [98, 100])]) == .good)
        #expect(
            try answer([issuing.revocationList(of: [5, 99])])
                == .revoked(at: now.adding(seconds: -3600), reason: "keyCompromise"))
        #expect(
            try answer([issuing.revocationList(of: [99], reason: .unspecified)])
                == .revoked(at: now.adding(seconds: -3600), reason: "unspecified"))
    }

    @Test func `a list that is stale or not yet current is not used, and its ends count as inside`() throws {
        let list = try issuing.revocationList(from: now, to: now.adding(seconds: 10))
        #expect(try answer([list], at: now.adding(seconds: -1)) == .unknown)
        #expect(try answer([list], at: now) == .good)
        #expect(try answer([list], at: now.adding(seconds: 10)) == .good)
        #expect(try answer([list], at: now.adding(seconds: 11)) == .unknown)
    }

    @Test func `a list of another authority, or signed by another key, is not used`() throws {
        #expect(try answer([root.revocationList(of: [99])]) == .unknown)
        let impostor = try TestCertificate("Issuing", .authority(pathLength: 0), by: root)
        #expect(try answer([impostor.revocationList(of: [99])]) == .unknown)
        #expect(try answer([impostor.revocationList(), issuing.revocationList(of: [99])]) != .good)
        #expect(try answer([leaf.revocationList(named: "Issuing")]) == .unknown)
    }

    @Test func `a changed list is not used`() throws {
        var list = try issuing.revocationList(of: [99])
        let place = try #require(list.lastIndex(of: 99))
        list[place] = 98
        #expect(try answer([list]) == .unknown)
        #expect(try answer([[], [0x30], Array(list.dropLast())]) == .unknown)
    }

    @Test func `an authority whose key may not sign lists is not believed`() throws {
        let mute = try TestCertificate("Issuing", .authority(pathLength: 0), by: root) { $0.keyUsage = [5] }
        let leaf = try TestCertificate("Signer", by: mute, serial: 99)
        let path = try paths.path(
            for: leaf.der, intermediates: [mute.der], anchors: [root.der], crls: [mute.revocationList(of: [99])],
            at: now, revocationAt: now, purpose: .documentSigning)
        #expect(path.revocation == .unknown)
    }

    @Test func `the newest of several current lists decides`() throws {
        let held = try issuing.revocationList(of: [99], from: now.adding(seconds: -20))
        let released = try issuing.revocationList(from: now.adding(seconds: -10))
        #expect(try answer([held, released]) == .good)
        #expect(try answer([released, held]) == .good)
    }

    @Test func `delta lists and lists with unknown critical extensions are not used`() throws {
        let delta = TestCertificate.extension("2.5.29.27", isCritical: true, DER.integer(1))
        let unknown = TestCertificate.extension("1.2.3.4", isCritical: true, DER.null)
        let plain = TestCertificate.extension("1.2.3.4", isCritical: false, DER.null)
        #expect(try answer([issuing.revocationList(extensions: [delta])]) == .unknown)
        #expect(try answer([issuing.revocationList(extensions: [unknown])]) == .unknown)
        #expect(try answer([issuing.revocationList(extensions: [plain])]) == .good)
    }

    @Test func `a list for a part of the certificates counts for that part only`() throws {
        func scoped(_ parts: [UInt8]...) throws -> RevocationAnswer {
            let point = TestCertificate.extension("2.5.29.28", isCritical: true, DER.sequence(of: parts))
            return try answer([issuing.revocationList(extensions: [point])])
        }
        func name(_ uri: String) -> [UInt8] {
            DER.explicit(0, DER.explicit(0, DER.implicit(6, Array(uri.utf8))))
        }
        #expect(try scoped(name(RevocationTests.address)) == .good)
        #expect(try scoped(name("https://licenses.example/crl/b.crl")) == .unknown)
        #expect(try scoped(DER.implicit(1, [0xFF])) == .good)
        #expect(try scoped(DER.implicit(2, [0xFF])) == .unknown)
        #expect(try scoped(DER.implicit(4, [0xFF])) == .unknown)
        #expect(try scoped(DER.implicit(5, [0xFF])) == .unknown)
        #expect(try scoped(DER.implicit(3, [6, 0x40])) == .unknown)
    }

    @Test func `a revoked issuer refuses the path`() throws {
        let lists = [try root.revocationList(of: [11]), try issuing.revocationList()]
        #expect(throws: PathRefusal.self) { try answer(lists) }
        let refusal = #expect(throws: PathRefusal.self) { try answer(lists) }
        guard case .issuerRevoked = refusal else {
            Issue.record("refused for another reason: \(String(describing: refusal))")
            return
        }
    }
}
