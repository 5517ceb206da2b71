import CMS
import OpenSSLCrypto
import Primitives
import Testing

/// What the reader refuses, made from a sound signature or by `openssl`.
struct SignedDataRefusalTests {
    private func changed(_ change: (inout DERTree) throws -> Void) throws -> CMSFault? {
        var tree = DERTree(try Samples.signature())
        try change(&tree)
        return Samples.refusal(tree.encoded)
    }

    @Test func `taking a signature apart and together again changes nothing`() throws {
        let signature = try Samples.signature()
        #expect(DERTree(signature).encoded == signature)
        #expect(try changed { _ in } == nil)
    }

    @Test(arguments: [("sha1", CMSFault.weak("SHA-1")), ("md5", .weak("MD5"))])
    func `a broken hash function is refused`(_ name: String, _ fault: CMSFault) throws {
        #expect(Samples.refusal(try SignedDataTests.sign("rsa", "-md \(name)")) == fault)
    }

    @Test func `a signature value made with SHA-1 is refused`() throws {
        let fault = try changed { $0.signatureAlgorithm[0] = .oid([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01]) }
        #expect(fault == .weak("a signature with SHA-1"))
    }

    @Test func `two signers are refused`() throws {
        let der = try SignedDataTests.sign("p256", "-cades -signer rsa.crt -inkey rsa.key")
        #expect(Samples.refusal(der) == .unsupported("more than one signer"))
    }

    @Test func `no signer is refused`() throws {
        #expect(try changed { $0.signerInfos = [] } == .malformed("no signer"))
    }

    @Test(arguments: [0x03, 0x04] as [UInt8])
    func `signed attributes without content-type or message-digest are refused`(_ lastByte: UInt8) throws {
        let fault = try changed { tree in
            tree.signedAttributes.removeAll {
                $0[0].octets.starts(with: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, lastByte])
            }
            #expect(tree.signedAttributes.count == 2)
        }
        #expect(fault == .malformed("signed attributes without content-type or message-digest"))
    }

    @Test func `a signed attribute that stands twice is refused`() throws {
        let fault = try changed { $0.signedAttributes.insert($0.signedAttributes[0], at: 0) }
        #expect(fault == .malformed("a signed attribute stands twice"))
    }

    @Test func `a signed attribute with two values is refused`() throws {
        let fault = try changed { tree in
            tree.signedAttributes[1][1].children.append(tree.signedAttributes[1][1, 0])
            tree.signedAttributes.sort { $0.encoded.lexicographicallyPrecedes($1.encoded) }
        }
        #expect(fault == .malformed("the attribute 1.2.840.113549.1.9.4 has not exactly one value"))
    }

    @Test func `signed attributes out of DER order are refused`() throws {
        #expect(try changed { $0.signedAttributes.reverse() } == .malformed("this is not a SignedData"))
    }

    @Test func `a content-type attribute that names another type than the content's is refused`() throws {
        let fault = try changed { $0.signedData[2, 0].octets[8] = 5 }
        #expect(fault == .malformed("the content-type attribute names another type than the content has"))
    }

    @Test func `a hash function that was not announced is refused`() throws {
        let fault = try changed { $0.signedData[1].children = [] }
        #expect(fault == .malformed("the signer's hash function is not among those announced"))
    }

    @Test func `different hash functions for content and signature are refused`() throws {
        let fault = try changed { tree in
            tree.digestAlgorithm[0].octets[8] = 3
            tree.signedData[1, 0, 0].octets[8] = 3
        }
        #expect(fault == .unsupported("a signature with another hash function than the content's"))
    }

    @Test func `unknown versions are refused`() throws {
        #expect(try changed { $0.signedData[0].octets = [2] } == .unsupported("SignedData version 2"))
        #expect(try changed { $0.signerInfos[0][0].octets = [2] } == .unsupported("SignerInfo version 2"))
    }

    @Test func `another content type than SignedData is refused`() throws {
        #expect(try changed { $0[0].octets[8] = 3 } == .unsupported("the content type 1.2.840.113549.1.7.3"))
    }

    @Test func `a certificate with the signer's issuer and serial number but another name is not his`() throws {
        let key = try PrivateKey.generate(for: .es256)
        let authority = try TestAuthority.shared()
        let own = try authority.certify(key, subject: "baker", serial: "77")
        let other = try authority.certify(key, subject: "minister", serial: "77")
        let signer = try OpenSSLSigner(key: key, algorithm: .es256, certificateChain: [own])
        let signature = try PAdESSignature.make(
            messageDigest: Samples.digest(.sha256), by: signer, hashing: Samples.hashing, timeStamp: nil)
        #expect(Samples.isValidSignature(signature))
        var tree = DERTree(signature)
        tree.certificates = [DERTree(other)]
        let data = try SignedData(parsing: tree.encoded)
        #expect(data.signerCertificate == other)
        #expect(data.isSignatureValid(publicKey: try key.subjectPublicKeyInfo(), verifier: Samples.verifier))
        #expect(!data.namesSigner(other, hashing: Samples.hashing))
        #expect(data.namesSigner(own, hashing: Samples.hashing))
        tree.certificates = [DERTree(own), DERTree(other)]
        #expect(
            Samples.refusal(tree.encoded) == .malformed("several certificates answer to the signer's name"))
    }

    @Test func `a signing certificate named by SHA-1 alone is refused`() throws {
        let hash = DERTree(0x30, children: [DERTree(0x04, octets: [UInt8](repeating: 7, count: 20))])
        let value = DERTree(0x30, children: [DERTree(0x30, children: [hash])])
        let name = DERTree.oid([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x0C])
        let attribute = DERTree(0x30, children: [name, DERTree(0x31, children: [value])])
        let fault = try changed { tree in
            let kept = tree.signedAttributes.filter { $0[0].octets.count == 9 }
            #expect(kept.count == 2)
            tree.signedAttributes = (kept + [attribute]).sorted { $0.encoded.lexicographicallyPrecedes($1.encoded) }
        }
        #expect(fault == .weak("the signing certificate is named by its SHA-1 hash only"))
    }

    @Test(arguments: [
        "-keyopt rsa_pss_saltlen:20", "-keyopt rsa_pss_saltlen:max",
        "-keyopt rsa_pss_saltlen:digest -keyopt rsa_mgf1_md:sha512",
    ])
    func `RSASSA-PSS with another salt length or mask hash is refused`(_ options: String) throws {
        let der = try SignedDataTests.sign("rsa", "-cades -md sha256 -keyopt rsa_padding_mode:pss \(options)")
        #expect(
            Samples.refusal(der) == .unsupported("RSASSA-PSS with another mask hash or salt length than the hash's"))
    }

    @Test func `RSASSA-PSS without its hash means SHA-1 and is refused`() throws {
        var tree = DERTree(try Samples.signature(.ps256))
        tree.signatureAlgorithm[1].children.removeFirst()
        #expect(Samples.refusal(tree.encoded) == .weak("RSASSA-PSS with SHA-1"))
        tree.signatureAlgorithm.children.removeLast()
        #expect(Samples.refusal(tree.encoded) == .malformed("RSASSA-PSS without parameters"))
    }
}
