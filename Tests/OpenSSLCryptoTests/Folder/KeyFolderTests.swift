import Audit
import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

struct KeyFolderTests {
    private let hashing = OpenSSLHashing()
    private let verifier = OpenSSLSignatureVerifier()
    private let paths = OpenSSLCertificatePaths()

    @Test func `a new folder holds what the layout says and opens`() throws {
        let office = try TestOffice()
        let lines = try office.initialize()
        #expect(lines.contains { $0.contains("private/root.key") })
        let files = try Set(office.folder.snapshot().keys)
        #expect(
            files == [
                "keys/private/passphrase", "keys/private/data-key.sealed", "keys/private/audit-log.key",
                "keys/private/root.key", "keys/private/issuing-ca.key", "keys/private/time-stamp.key",
                "keys/private/authority.key", "keys/private/signer-market.key", "keys/audit-log.pub",
                "keys/trust/root.pem", "keys/certificates/issuing-ca.pem", "keys/certificates/time-stamp.pem",
                "keys/certificates/authority.pem", "keys/certificates/signer-market.pem",
                "keys/private/sector-key.sealed", "keys/private/token-signing.json", "keys/private/token-es256.key",
                "keys/private/token-es256.2.key",
            ])
        #expect(try office.folder.mode("keys/private") == 0o700)
        for file in files where file.hasPrefix("keys/private/") { #expect(try office.folder.mode(file) == 0o600) }
        _ = try office.open()
    }

    @Test func `a second run changes nothing and says nothing`() throws {
        let office = try TestOffice(departments: 2)
        try office.initialize()
        let before = try office.folder.snapshot()
        #expect(try office.initialize(at: TestOffice.now.adding(seconds: 86_400)) == [])
        #expect(try office.folder.snapshot() == before)
    }

    @Test func `a new department gets its key and nothing else changes`() throws {
        let office = try TestOffice.initialized()
        let before = try office.folder.snapshot()
        let departments = office.departments + [try TestOffice.department("health", .es384)]
        #expect(try office.initialize(departments).count == 2)
        let after = try office.folder.snapshot()
        #expect(after.filter { before[$0.key] != nil } == before)
        #expect(after.count == before.count + 2)
        #expect(
            try office.open(departments).documentSigner(department: "health", at: TestOffice.now).algorithm == .es384)
    }

    @Test(arguments: TestOffice.algorithms.map(\.algorithm))
    func `a department signs with the algorithm of its policy under a path to the root`(
        algorithm: SignatureAlgorithm
    ) throws {
        let office = try TestOffice()
        let departments = [try TestOffice.department("market", algorithm)]
        try office.initialize(departments)
        let open = try office.open(departments)
        let signer = try open.documentSigner(department: "market", at: TestOffice.now)
        #expect(signer.algorithm == algorithm)
        let signature = try signer.signature(over: [1, 2, 3])
        let path = try paths.path(
            for: signer.certificateChain[0], intermediates: signer.certificateChain, anchors: open.anchors,
            crls: Array(open.revocationLists(at: TestOffice.now).values), at: TestOffice.now,
            revocationAt: TestOffice.now, purpose: .documentSigning)
        let leaf = path.chain[0]
        #expect(path.chain.count == 3 && path.revocation == .good)
        #expect(verifier.isValid(signature, over: [1, 2, 3], scheme: algorithm.scheme, publicKey: leaf.publicKey))
        #expect(leaf.organizationIdentifier == "11110000000021135M" && leaf.commonName == "Bureau of market")
        #expect(leaf.uriNames == [TestOffice.issuerURL])
        #expect(leaf.crlURLs == ["\(TestOffice.issuerURL)/crl/issuing-ca.crl"])
        #expect(leaf.extendedKeyUsages == ["1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"])
        #expect(!leaf.isCA && !leaf.isSelfSigned)
    }

    @Test func `authority and time-stamp keys are for their purposes only`() throws {
        let office = try TestOffice.initialized()
        let open = try office.open()
        let stamp = try open.timeStampSigner(at: TestOffice.now)
        let authority = try open.authoritySigner(at: TestOffice.now)
        func path(_ signer: any Signer, _ purpose: CertificatePurpose) throws -> TrustedPath {
            try paths.path(
                for: signer.certificateChain[0], intermediates: signer.certificateChain, anchors: open.anchors,
                crls: [], at: TestOffice.now, revocationAt: TestOffice.now, purpose: purpose)
        }
        #expect(try path(stamp, .timeStamping).chain[0].extendedKeyUsages == ["1.3.6.1.5.5.7.3.8"])
        #expect(try path(authority, .documentSigning).chain[0].organizationIdentifier == "11100000000013338W")
        #expect(throws: PathRefusal.self) { try path(stamp, .documentSigning) }
        #expect(throws: PathRefusal.self) { try path(authority, .timeStamping) }
    }

    @Test func `a certificate near its end gets a successor with the same key`() throws {
        let office = try TestOffice.initialized()
        let later = TestOffice.now.adding(seconds: 306 * 86_400)
        let lines = try office.initialize(at: later)
        #expect(lines.count == 2)
        let open = try office.open(at: later)
        let signer = try open.documentSigner(department: "market", at: later)
        let old = try office.open().documentSigner(department: "market", at: TestOffice.now)
        #expect(signer.certificateChain[0] != old.certificateChain[0])
        #expect(
            paths.certificate(signer.certificateChain[0])?.publicKey
                == paths.certificate(old.certificateChain[0])?.publicKey)
        let states = open.keys.filter { $0.use == "document-signer" }.map(\.state)
        #expect(states == [.retiring, .active])
        #expect(open.certificates.contains(old.certificateChain[0]))
        #expect(try office.initialize(at: later) == [])
    }

    @Test func `another algorithm in policy begins a new key and keeps the old certificate`() throws {
        let office = try TestOffice.initialized()
        let departments = [try TestOffice.department("market", .es384)]
        #expect(throws: KeyFolderFault.self) { try office.open(departments) }
        #expect(try office.initialize(departments).count == 2)
        let open = try office.open(departments)
        #expect(try open.documentSigner(department: "market", at: TestOffice.now).algorithm == .es384)
        #expect(open.certificates.count == 5)
    }

    @Test func `a changed name or address gives a new certificate`() throws {
        let office = try TestOffice.initialized()
        let renamed = [try TestOffice.department("market", .es256, name: "Bureau of Fair Trade")]
        #expect(try office.initialize(renamed).count == 1)
        let signer = try office.open(renamed).documentSigner(department: "market", at: TestOffice.now)
        #expect(paths.certificate(signer.certificateChain[0])?.commonName == "Bureau of Fair Trade")
        #expect(try office.initialize(renamed, issuerURL: "https://other.example").count == 2)
    }

    @Test func `nothing lives longer than its issuer`() throws {
        let office = try TestOffice.initialized()
        let root = try #require(paths.certificate(try office.open().anchors[0]))
        let late = root.notAfter.adding(seconds: -100 * 86_400)
        try office.initialize(at: late)
        let certificates = try office.open(at: late).certificates.compactMap { paths.certificate($0) }
        #expect(certificates.count > 5)
        #expect(certificates.allSatisfy { $0.notAfter <= root.notAfter })
        #expect(try office.initialize(at: late) == [])
    }

    @Test func `the audit log has its own key, the same after every opening`() throws {
        let office = try TestOffice.initialized()
        let first = try office.open().auditLogKey(origin: "licenses.example/audit")
        let second = try office.open().auditLogKey(origin: "licenses.example/audit")
        #expect(first.identity == second.identity)
        let signature = try second.signer.signature(over: [7])
        let key = first.identity.subjectPublicKeyInfo
        #expect(verifier.isValid(signature, over: [7], scheme: SignatureAlgorithm.eddsa.scheme, publicKey: key))
        #expect(throws: KeyFolderFault.self) { try office.open().auditLogKey(origin: "two words") }
    }

    @Test func `what was sealed opens after the folder is opened again`() throws {
        let office = try TestOffice.initialized()
        let sealed = try office.open().sealing.seal(Secret([1, 2]), context: "license/1")
        #expect(try office.open().sealing.open(sealed, context: "license/1").exposedBytes == [1, 2])
    }

    @Test func `descriptions name every key and hold no secret`() throws {
        let office = try TestOffice.initialized()
        let keys = try office.open().keys
        #expect(
            keys.map(\.use) == [
                "data", "audit-log", "root", "authority", "issuing-ca", "document-signer", "time-stamp",
            ])
        #expect(keys.allSatisfy { $0.state == .active && $0.file.hasPrefix(office.folder.path) })
        #expect(keys.last?.algorithm == "P-256" && keys[5].name == "market")
    }

    @Test func `a department without a key is refused by name`() throws {
        let office = try TestOffice.initialized()
        let open = try office.open()
        #expect(throws: KeyFolderFault.self) { try open.documentSigner(department: "nobody", at: TestOffice.now) }
        let end = TestOffice.now.adding(seconds: 400 * 86_400)
        #expect(throws: KeyFolderFault.self) { try open.documentSigner(department: "market", at: end) }
    }
}
