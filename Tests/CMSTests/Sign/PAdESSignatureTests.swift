import CMS
import OpenSSLCrypto
import Primitives
import Testing

/// What is signed here, verified by `openssl cms`.
struct PAdESSignatureTests {
    private func opensslAccepts(_ signature: [UInt8], over content: [UInt8]) throws -> OpenSSLCommand.Outcome {
        let openssl = try TestAuthority.shared().openssl
        let file = "ours-\(Hexadecimal.encode(OpenSSLRandomness().bytes(8)))"
        try openssl.write(signature, "\(file).der")
        try openssl.write(content, "\(file).bin")
        return try openssl.run(
            [
                "cms", "-verify", "-cades", "-inform", "DER", "-in", "\(file).der", "-content", "\(file).bin",
                "-binary",
                "-CAfile", "ca.crt", "-purpose", "any", "-out", "\(file).out",
            ])
    }

    /// OpenSSL 3.0 has no Ed25519 in CMS.
    @Test(arguments: [SignatureAlgorithm.es256, .es384, .ps256, .rs256], [false, true])
    func `openssl verifies what is signed here`(_ algorithm: SignatureAlgorithm, _ isTimeStamped: Bool) throws {
        let signature = try Samples.signature(algorithm, isTimeStamped: isTimeStamped)
        let outcome = try opensslAccepts(signature, over: Samples.content)
        #expect(outcome.succeeded, "\(outcome.text)")
        #expect(try !opensslAccepts(signature, over: Samples.content.dropLast()).succeeded)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `what is signed here is read back and valid`(_ algorithm: SignatureAlgorithm) throws {
        let data = try SignedData(parsing: Samples.signature(algorithm))
        #expect(data.scheme == algorithm.scheme)
        #expect(data.digestAlgorithm == algorithm.hash)
        #expect(data.content == nil)
        #expect(data.certificates == (try Samples.signer(algorithm).certificateChain))
        #expect(data.timeStampTokens.isEmpty)
        #expect(Samples.isValid(data))
    }

    @Test(arguments: SignatureAlgorithm.allCases, [false, true])
    func `a rehearsed signature is as long as the real one can become`(
        _ algorithm: SignatureAlgorithm, _ isTimeStamped: Bool
    ) throws {
        let rehearsed = try Samples.signature(algorithm, isTimeStamped: isTimeStamped, isRehearsed: true).count
        let real = try Samples.signature(algorithm, isTimeStamped: isTimeStamped).count
        // Short numbers of ECDSA save a few bytes; the structure around an RSA modulus is 38.
        #expect((real...real + 48).contains(rehearsed))
    }

    @Test func `signed attributes are exactly content-type, message-digest and signing-certificate-v2`() throws {
        let data = try SignedData(parsing: Samples.signature())
        #expect(
            data.attributeTypes == [
                "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47",
            ])
        #expect(data.signingTime == nil)
        #expect(data.contentType == "1.2.840.113549.1.7.1")
    }

    @Test func `the signing-certificate attribute has the hash alone`() throws {
        let value = DERTree(try Samples.signature()).signedAttributes[2][1, 0]
        let certificate = try Samples.signer().certificateChain[0]
        let hash = DERTree(0x04, octets: Samples.hashing.sha256(certificate).bytes)
        #expect(value == DERTree(0x30, children: [DERTree(0x30, children: [DERTree(0x30, children: [hash])])]))
    }

    @Test func `the whole chain comes along`() throws {
        let root = try TestAuthority.shared().openssl.read("ca.der")
        let key = try PrivateKey.generate(for: .es256)
        let own = try TestAuthority.shared().certify(key, subject: "chained", serial: "78")
        let signer = try OpenSSLSigner(key: key, algorithm: .es256, certificateChain: [own, root])
        let data = try SignedData(
            parsing: PAdESSignature.make(
                messageDigest: Samples.digest(.sha256), by: signer, hashing: Samples.hashing, timeStamp: nil))
        #expect(Set(data.certificates) == [own, root])
        #expect(data.signerCertificate == own)
        #expect(Samples.isValid(data))
    }

    @Test func `the time-stamp is over the signature value`() throws {
        let data = try SignedData(parsing: Samples.signature(isTimeStamped: true))
        #expect(data.timeStampTokens.count == 1)
        let token = try TimeStampToken(parsing: try #require(data.timeStampTokens.first))
        #expect(token.isValid(over: data.signature, hashing: Samples.hashing, verifier: Samples.verifier))
        #expect(token.genTime == Samples.moment)
        #expect(Samples.isValid(data))
    }

    @Test func `a signer without a certificate is refused`() throws {
        let signer = try OpenSSLSigner(key: PrivateKey.generate(for: .es256), algorithm: .es256)
        #expect(throws: CMSFault.unsupported("a signer without a certificate")) {
            try PAdESSignature.make(
                messageDigest: Samples.digest(.sha256), by: signer, hashing: Samples.hashing, timeStamp: nil)
        }
    }

    @Test func `a digest of another hash function is refused`() throws {
        #expect(throws: CMSFault.malformed("a message digest of another hash function than the signer's")) {
            try PAdESSignature.make(
                messageDigest: Samples.digest(.sha256), by: Samples.signer(.es384), hashing: Samples.hashing,
                timeStamp: nil)
        }
    }

    @Test func `what is no time-stamp token does not become one`() throws {
        #expect(throws: CMSFault.self) {
            try PAdESSignature.make(
                messageDigest: Samples.digest(.sha256), by: Samples.signer(), hashing: Samples.hashing,
                timeStamp: { _ in [0x30, 0x00] })
        }
    }
}
