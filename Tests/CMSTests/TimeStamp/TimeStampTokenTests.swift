import CMS
import OpenSSLCrypto
import Primitives
import Testing

/// Tokens that `openssl ts` made, and tokens that are not what they say.
struct TimeStampTokenTests {
    private static let configuration = """
        [tsa]
        serial = ./serial
        crypto_device = builtin
        default_policy = 1.2.3.4.1
        digests = sha1, sha256, sha512
        accuracy = secs:1, millisecs:500
        ordering = yes
        tsa_name = yes
        ess_cert_id_chain = no
        ess_cert_id_alg = sha256
        clock_precision_digits = 3
        """

    /// A token by openssl's own time-stamp key.
    private func foreignToken(_ hash: String) throws -> [UInt8] {
        let openssl = try TestAuthority.shared().openssl
        let file = "stamp-\(Hexadecimal.encode(OpenSSLRandomness().bytes(8)))"
        try openssl.write(
            Array(TimeStampTokenTests.configuration.replacing("./serial", with: "\(file).serial").utf8), "\(file).cnf")
        try openssl.write(Array("0F\n".utf8), "\(file).serial")
        try openssl.write(Samples.content, "\(file).bin")
        try openssl.must("ts -query -data \(file).bin -\(hash) -cert -out \(file).tsq")
        try openssl.must(
            "ts -reply -config \(file).cnf -section tsa -queryfile \(file).tsq -signer stamp.crt -inkey stamp.key "
                + "-sha512 -token_out -out \(file).der")
        return try openssl.read("\(file).der")
    }

    @Test(arguments: [("sha256", HashAlgorithm.sha256), ("sha512", .sha512)])
    func `a token by openssl is read and verified`(_ name: String, _ algorithm: HashAlgorithm) throws {
        let before = SystemClock().now().adding(seconds: -2)
        let token = try TimeStampToken(parsing: foreignToken(name))
        #expect(token.imprintAlgorithm == algorithm)
        #expect(token.policy == "1.2.3.4.1")
        #expect(token.serialNumber == [0x10])
        #expect(token.nonce?.isEmpty == false)
        #expect(before < token.genTime && token.genTime < SystemClock().now().adding(seconds: 1))
        #expect(token.signedData.scheme == SignatureScheme(.rsaPKCS1, .sha512))
        #expect(token.signedData.signingTime != nil)
        #expect(token.isValid(over: Samples.content, hashing: Samples.hashing, verifier: Samples.verifier))
    }

    @Test func `a token over a SHA-1 hash is refused`() throws {
        let token = try foreignToken("sha1")
        #expect(throws: CMSFault.weak("SHA-1")) { try TimeStampToken(parsing: token) }
    }

    @Test func `a token copied from other data fails at its imprint alone`() throws {
        let token = try TimeStampToken(parsing: Samples.token())
        let other = Array("something else".utf8)
        #expect(!token.isValid(over: other, hashing: Samples.hashing, verifier: Samples.verifier))
        #expect(!token.isOver(other, hashing: Samples.hashing))
        #expect(token.isContentUntouched(hashing: Samples.hashing))
        #expect(token.namesItsSigner(hashing: Samples.hashing))
        #expect(token.isSignatureValid(verifier: Samples.verifier))
    }

    @Test func `a changed time fails at the message digest alone`() throws {
        var tree = DERTree(try Samples.token())
        var info = DERTree(tree.signedData[2, 1, 0].octets)
        info[4].octets = Array("20161122080000Z".utf8)
        tree.signedData[2, 1, 0].octets = info.encoded
        let token = try TimeStampToken(parsing: tree.encoded)
        #expect(token.isOver(Samples.content, hashing: Samples.hashing))
        #expect(!token.isContentUntouched(hashing: Samples.hashing))
        #expect(token.isSignatureValid(verifier: Samples.verifier))
        #expect(!token.isValid(over: Samples.content, hashing: Samples.hashing, verifier: Samples.verifier))
    }

    @Test func `a token without its certificate is not valid`() throws {
        var tree = DERTree(try Samples.token())
        tree.certificates = []
        let token = try TimeStampToken(parsing: tree.encoded)
        #expect(!token.namesItsSigner(hashing: Samples.hashing))
        #expect(!token.isSignatureValid(verifier: Samples.verifier))
        #expect(!token.isValid(over: Samples.content, hashing: Samples.hashing, verifier: Samples.verifier))
    }

    @Test func `a signature is no token`() throws {
        let signature = try Samples.signature()
        #expect(throws: CMSFault.malformed("this is not a time-stamp token")) {
            try TimeStampToken(parsing: signature)
        }
    }

    private func refusal(_ change: (inout DERTree) -> Void) throws -> CMSFault? {
        var tree = DERTree(try Samples.token())
        var info = DERTree(tree.signedData[2, 1, 0].octets)
        change(&info)
        tree.signedData[2, 1, 0].octets = info.encoded
        do throws(CMSFault) {
            _ = try TimeStampToken(parsing: tree.encoded)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a critical extension is refused and another is not`() throws {
        func list(_ fields: [DERTree]) -> DERTree {
            DERTree(0xA1, children: [DERTree(0x30, children: [.oid([0x2A, 0x03])] + fields + [DERTree(0x04)])])
        }
        #expect(try refusal { $0.children.append(list([])) } == nil)
        let critical = DERTree(0x01, octets: [0xFF])
        #expect(
            try refusal { $0.children.append(list([critical])) }
                == .unsupported("a critical extension in a time-stamp"))
    }

    @Test func `other versions, lengths, times and trailing bytes are refused`() throws {
        #expect(try refusal { $0[0].octets = [2] } == .unsupported("time-stamp version 2"))
        #expect(try refusal { $0[2, 1].octets.removeLast() } == .malformed("an imprint of the wrong length"))
        #expect(try refusal { $0[3].octets = [0x80] } == .malformed("this is not a TSTInfo"))
        #expect(try refusal { $0[4].octets = Array("20260230080000Z".utf8) } == .malformed("this is not a TSTInfo"))
        #expect(try refusal { $0[4].octets = Array("20261122080000+0800".utf8) } == .malformed("this is not a TSTInfo"))
        #expect(
            try refusal { $0[4].octets = Array("00001122080000Z".utf8) } == .malformed("a time that does not exist"))
        #expect(
            try refusal { $0[4] = DERTree(0x17, octets: Array("261122080000Z".utf8)) }
                == .malformed("genTime is no GeneralizedTime"))
        #expect(try refusal { $0.children.append(DERTree(0x05)) } == .malformed("this is not a TSTInfo"))
    }

    @Test func `fractions are read to milliseconds`() throws {
        var tree = DERTree(try Samples.token())
        var info = DERTree(tree.signedData[2, 1, 0].octets)
        info[4].octets = Array("20261122080000.0259Z".utf8)
        tree.signedData[2, 1, 0].octets = info.encoded
        let token = try TimeStampToken(parsing: tree.encoded)
        #expect(token.genTime.millisecondsSinceEpoch == Samples.moment.millisecondsSinceEpoch + 25)
    }
}
