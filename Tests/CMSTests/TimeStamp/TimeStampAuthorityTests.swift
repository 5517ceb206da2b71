import CMS
import OpenSSLCrypto
import Primitives
import Testing

/// Tokens made here, verified by `openssl ts`.
struct TimeStampAuthorityTests {
    private func opensslVerifies(_ token: [UInt8], over content: [UInt8]) throws -> OpenSSLCommand.Outcome {
        let openssl = try TestAuthority.shared().openssl
        let file = "token-\(Hexadecimal.encode(OpenSSLRandomness().bytes(8)))"
        try openssl.write(token, "\(file).der")
        try openssl.write(content, "\(file).bin")
        return try openssl.run(
            ["ts", "-verify", "-token_in", "-in", "\(file).der", "-data", "\(file).bin", "-CAfile", "ca.crt"])
    }

    @Test(arguments: HashAlgorithm.allCases)
    func `openssl verifies a token made here`(_ algorithm: HashAlgorithm) throws {
        let token = try Samples.authority().token(
            hash: Samples.digest(algorithm), algorithm: algorithm, nonce: [0, 0x81, 2], at: Samples.moment)
        let outcome = try opensslVerifies(token, over: Samples.content)
        #expect(outcome.succeeded, "\(outcome.text)")
        #expect(try !opensslVerifies(token, over: Samples.content.dropLast()).succeeded)
    }

    @Test func `openssl reads the same out of a token`() throws {
        let openssl = try TestAuthority.shared().openssl
        try openssl.write(try Samples.token(nonce: [0x12, 0x34]), "shown.der")
        let text = try openssl.run(["ts", "-reply", "-token_in", "-in", "shown.der", "-text"]).text
        #expect(text.contains("Policy OID: 2.999.3161.1"))
        #expect(text.contains("Hash Algorithm: sha256"))
        #expect(text.contains("Time stamp: Nov 22 08:00:00 2026 GMT"))
        #expect(text.contains("Accuracy: 0x01 seconds"))
        #expect(text.contains("Ordering: no"))
        #expect(text.contains("Nonce: 0x1234"))
        #expect(text.contains("Extensions:\n") && !text.contains("critical"))
    }

    @Test func `a token is read back`() throws {
        let token = try TimeStampToken(parsing: Samples.token(nonce: [0, 0, 0xFE, 1]))
        #expect(token.genTime == Samples.moment)
        #expect(token.imprintAlgorithm == .sha256)
        #expect(token.imprint == Samples.digest(.sha256))
        #expect(token.policy == TimeStampAuthority.examplePolicy)
        #expect(token.nonce == [0xFE, 1])
        #expect(
            token.signedData.attributeTypes == [
                "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47",
            ])
        #expect(token.signedData.certificates == (try TestAuthority.shared().timeStamper.certificateChain))
        #expect(token.isValid(over: Samples.content, hashing: Samples.hashing, verifier: Samples.verifier))
    }

    @Test func `time is written in whole seconds with Z`() throws {
        let moment = Instant(millisecondsSinceEpoch: Samples.moment.millisecondsSinceEpoch + 999)
        let der = try Samples.authority().token(hash: Samples.digest(.sha256), algorithm: .sha256, at: moment)
        let content = try #require(TimeStampToken(parsing: der).signedData.content)
        #expect(DERTree(content)[4] == DERTree(0x18, octets: Array("20261122080000Z".utf8)))
    }

    @Test func `serial numbers are positive, short and never the same`() throws {
        let numbers = try (0..<20).map { _ in try TimeStampToken(parsing: Samples.token()).serialNumber }
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { (1...20).contains($0.count) && $0[0] > 0 && $0[0] < 0x80 })
    }

    @Test func `a hash of another length is refused`() throws {
        let authority = try Samples.authority()
        #expect(throws: CMSFault.malformed("an imprint of the wrong length")) {
            try authority.token(hash: Samples.digest(.sha256), algorithm: .sha384, at: Samples.moment)
        }
    }

    @Test(arguments: ["", "2", "3.1", "1.40", "1.2.", "1.02", "1.2.x", "2.99999999999999999999"])
    func `a policy that is no object identifier is refused`(_ policy: String) throws {
        let authority = TimeStampAuthority(
            signer: try TestAuthority.shared().timeStamper, hashing: Samples.hashing, randomness: OpenSSLRandomness(),
            policy: policy)
        #expect(throws: CMSFault.malformed("the time-stamp policy is no object identifier")) {
            try authority.token(hash: Samples.digest(.sha256), algorithm: .sha256, at: Samples.moment)
        }
    }
}
