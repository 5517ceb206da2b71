import CMS
import OpenSSLCrypto
import Primitives
import Testing

/// What `openssl cms` signs, read here.
struct SignedDataTests {
    struct Foreign: CustomTestStringConvertible, Sendable {
        let name: String
        let options: String
        let scheme: SignatureScheme
        var testDescription: String { "\(name) \(options)" }
    }

    static let foreign = [
        Foreign(name: "p256", options: "-md sha256", scheme: SignatureScheme(.ecdsa, .sha256)),
        Foreign(name: "p256", options: "-md sha512 -nosmimecap", scheme: SignatureScheme(.ecdsa, .sha512)),
        Foreign(name: "p384", options: "-md sha384 -keyid", scheme: SignatureScheme(.ecdsa, .sha384)),
        Foreign(name: "rsa", options: "-md sha256", scheme: SignatureScheme(.rsaPKCS1, .sha256)),
        Foreign(
            name: "rsa", options: "-md sha512 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:digest",
            scheme: SignatureScheme(.rsaPSS, .sha512)),
    ]

    static func sign(_ name: String, _ options: String) throws -> [UInt8] {
        let openssl = try TestAuthority.shared().openssl
        let file = "foreign-\(Hexadecimal.encode(OpenSSLRandomness().bytes(8)))"
        try openssl.write(Samples.content, "\(file).txt")
        try openssl.must(
            "cms -sign -in \(file).txt -signer \(name).crt -inkey \(name).key -binary -outform DER -out \(file).der "
                + options)
        return try openssl.read("\(file).der")
    }

    @Test(arguments: foreign)
    func `what openssl signed with its own keys is read and verified`(_ foreign: Foreign) throws {
        let data = try SignedData(parsing: SignedDataTests.sign(foreign.name, "-cades " + foreign.options))
        let certificate = try TestAuthority.shared().openssl.read("\(foreign.name).der")
        #expect(data.scheme == foreign.scheme)
        #expect(data.digestAlgorithm == foreign.scheme.hash)
        #expect(data.contentType == "1.2.840.113549.1.7.1")
        #expect(data.contentTypeAttribute == data.contentType)
        #expect(data.content == nil)
        #expect(data.certificates == [certificate])
        #expect(data.signerCertificate == certificate)
        #expect(data.messageDigest == Samples.digest(foreign.scheme.hash))
        #expect(data.attributeTypes.contains("1.2.840.113549.1.9.16.2.47"))
        #expect(data.timeStampTokens.isEmpty)
        #expect(Samples.isValid(data))
    }

    @Test func `the claimed signing time is read`() throws {
        let before = SystemClock().now().adding(seconds: -1)
        let data = try SignedData(parsing: SignedDataTests.sign("p256", "-cades"))
        let time = try #require(data.signingTime)
        #expect(before < time && time < SystemClock().now().adding(seconds: 1))
    }

    @Test func `content inside the signature is seen`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("p256", "-cades -nodetach"))
        #expect(data.content == Samples.content)
        #expect(!Samples.isValid(data))
    }

    @Test func `a signer who does not say which certificate is his names none`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("p256", ""))
        let certificate = try #require(data.signerCertificate)
        #expect(data.signingCertificate == nil)
        #expect(!data.namesSigner(certificate, hashing: Samples.hashing))
        #expect(!Samples.isValid(data))
    }

    @Test func `a signature without signed attributes is never valid`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("rsa", "-noattr"))
        let key = try #require(data.signerPublicKey)
        #expect(data.signedAttributes == nil)
        #expect(data.messageDigest == nil)
        #expect(data.attributeTypes.isEmpty)
        #expect(!data.isSignatureValid(publicKey: key, verifier: Samples.verifier))
    }

    @Test func `without certificates the signer is not known`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("p256", "-cades -nocerts"))
        #expect(data.certificates.isEmpty)
        #expect(data.signerCertificate == nil)
        #expect(data.signerPublicKey == nil)
    }

    @Test func `certificates beside the signer's come along as they stand`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("p256", "-cades -certfile ca.crt"))
        let openssl = try TestAuthority.shared().openssl
        #expect(Set(data.certificates) == [try openssl.read("p256.der"), try openssl.read("ca.der")])
        #expect(data.signerCertificate == (try openssl.read("p256.der")))
    }

    @Test func `another key, other content and another certificate do not fit`() throws {
        let data = try SignedData(parsing: SignedDataTests.sign("p256", "-cades"))
        let other = try Samples.signer().certificateChain[0]
        let otherKey = try PrivateKey.generate(for: .es256).subjectPublicKeyInfo()
        #expect(!data.isSignatureValid(publicKey: otherKey, verifier: Samples.verifier))
        #expect(!data.isDigest(of: [Samples.content.dropLast()], hashing: Samples.hashing))
        #expect(!data.namesSigner(other, hashing: Samples.hashing))
    }
}
