import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

struct DERTests {
    @Test func `lengths are the shortest`() {
        #expect(DER.octets([]) == [0x04, 0])
        #expect(DER.octets([UInt8](repeating: 0, count: 127)).prefix(2) == [0x04, 127])
        #expect(DER.octets([UInt8](repeating: 0, count: 128)).prefix(3) == [0x04, 0x81, 128])
        #expect(DER.octets([UInt8](repeating: 0, count: 256)).prefix(4) == [0x04, 0x82, 1, 0])
    }

    @Test func `numbers are short and never negative`() {
        #expect(DER.integer(0) == [2, 1, 0])
        #expect(DER.integer(127) == [2, 1, 127])
        #expect(DER.integer(128) == [2, 2, 0, 128])
        #expect(DER.integer([0, 0, 0x7F, 1]) == [2, 2, 0x7F, 1])
        #expect(DER.integer(.max) == [2, 9, 0] + [UInt8](repeating: 0xFF, count: 8))
    }

    @Test func `object identifiers as published`() {
        #expect(DER.oid("1.2.840.113549") == [6, 6, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D])
        #expect(DER.oid("2.5.4.97") == [6, 3, 0x55, 4, 97])
        #expect(DER.oid("2.999.3") == [6, 3, 0x88, 0x37, 3])
    }

    @Test func `named bits end with a one`() {
        #expect(DER.namedBits([0, 1]) == [3, 2, 6, 0xC0])
        #expect(DER.namedBits([5, 6]) == [3, 2, 1, 0x06])
        #expect(DER.namedBits([8]) == [3, 3, 7, 0, 0x80])
    }

    @Test func `times change their form with 2050`() throws {
        let last = try #require(Instant("2049-12-31T23:59:59Z"))
        #expect(DER.time(last) == [0x17, 13] + Array("491231235959Z".utf8))
        #expect(DER.time(last.adding(seconds: 1)) == [0x18, 15] + Array("20500101000000Z".utf8))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `OpenSSL reads what an authority of each algorithm signs`(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(for: algorithm)
        let signer = try OpenSSLSigner(key: key, algorithm: algorithm)
        let office = try TestOffice()
        let subject = CertificateSubject(office.authority, role: " Root CA")
        let root = try CertificateAuthority(root: subject, publicKey: key.subjectPublicKeyInfo(), signer: signer)
        let request = CertificateAuthority.Request(
            subject: subject, publicKey: try key.subjectPublicKeyInfo(), profile: .root, uri: "")
        let der = try root.certificate(for: request, at: TestOffice.now)
        let certificate = try #require(OpenSSLCertificatePaths().certificate(der))
        #expect(certificate.isSelfSigned && certificate.isCA)
        #expect(certificate.notAfter.date.year == TestOffice.now.date.year + 20)
        #expect(certificate.serialNumber.count == 16 && certificate.serialNumber[0] & 0xC0 == 0x40)
        let list = try root.revocationList(of: [], at: TestOffice.now)
        let parsed = try #require(X509Certificate(der))
        #expect(RevocationList(list)?.isSigned(by: parsed) == true)
    }

    @Test func `names longer than the standard allows are cut, roles are kept`() {
        let subject = CertificateSubject(
            name: String(repeating: "政", count: 80), role: " Root CA", organization: String(repeating: "o", count: 80),
            code: "x")
        #expect(subject.commonName.unicodeScalars.count == 64 && subject.commonName.hasSuffix("政 Root CA"))
        #expect(subject.organization.count == 64)
    }
}
