import Primitives
import Testing

@testable import OpenSSLCrypto

struct SignatureTests {
    private let verifier = OpenSSLSignatureVerifier()
    private let message: [UInt8] = Array("a license".utf8)

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signature verifies with its key, message and scheme and no other`(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(for: algorithm)
        let publicKey = try key.subjectPublicKeyInfo()
        let signature = try OpenSSLSigner(key: key, algorithm: algorithm).signature(over: message)
        func isValid(
            _ signature: [UInt8], _ message: [UInt8], _ scheme: SignatureScheme, _ key: [UInt8]
        ) -> Bool { verifier.isValid(signature, over: message, scheme: scheme, publicKey: key) }
        #expect(isValid(signature, message, algorithm.scheme, publicKey))
        #expect(!isValid(signature, message + [0], algorithm.scheme, publicKey))
        #expect(!isValid(signature, [], algorithm.scheme, publicKey))
        #expect(!isValid([], message, algorithm.scheme, publicKey))
        #expect(!isValid(signature + [0], message, algorithm.scheme, publicKey))
        #expect(!isValid(Array(signature.dropLast()), message, algorithm.scheme, publicKey))
        let other = try PrivateKey.generate(for: algorithm).subjectPublicKeyInfo()
        #expect(!isValid(signature, message, algorithm.scheme, other))
        for foreign in SignatureAlgorithm.allCases where foreign != algorithm {
            #expect(!isValid(signature, message, foreign.scheme, publicKey))
        }
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!isValid(changed, message, algorithm.scheme, publicKey))
        }
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a key signs only what it is for`(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(for: algorithm)
        let rsa: Set<SignatureAlgorithm> = [.ps256, .rs256]
        for other in SignatureAlgorithm.allCases where other != algorithm && !rsa.isSuperset(of: [other, algorithm]) {
            #expect(!key.fits(other))
            #expect(throws: OpenSSLError.self) { try OpenSSLSigner(key: key, algorithm: other) }
        }
    }

    /// CVE-2022-21449: signatures whose numbers are zero or the order of the group.
    @Test func `psychic signatures are refused`() throws {
        let key = try PrivateKey.generate(for: .es256).subjectPublicKeyInfo()
        let order = try #require(
            Hexadecimal.decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"))
        for number in [[0], order, [1]] {
            let signature = DER.sequence(DER.integer(number), DER.integer(number))
            #expect(
                !verifier.isValid(signature, over: message, scheme: SignatureAlgorithm.es256.scheme, publicKey: key))
        }
    }

    /// RFC 8032 §7.1, test 2.
    @Test func `a published Ed25519 signature verifies`() throws {
        let key = try #require(
            Hexadecimal.decode(
                "302a300506032b6570032100" + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
        let signature = try #require(
            Hexadecimal.decode(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
        let scheme = SignatureAlgorithm.eddsa.scheme
        #expect(verifier.isValid(signature, over: [0x72], scheme: scheme, publicKey: key))
        #expect(!verifier.isValid(signature, over: [0x73], scheme: scheme, publicKey: key))
    }

    @Test func `weak keys verify nothing`() {
        for certificate in [ForeignCertificates.shortKey, ForeignCertificates.otherCurve] {
            let key = X509Certificate(certificate)
            #expect(key != nil && key?.keyKind == nil)
        }
    }

    @Test func `one signer serves many threads`() async throws {
        let key = try PrivateKey.generate(for: .es256)
        let publicKey = try key.subjectPublicKeyInfo()
        let signer = try OpenSSLSigner(key: key, algorithm: .es256)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in UInt8(0)..<8 {
                group.addTask { [verifier] in
                    for number in UInt8(0)..<100 {
                        let signature = try signer.signature(over: [task, number])
                        #expect(
                            verifier.isValid(
                                signature, over: [task, number], scheme: signer.algorithm.scheme, publicKey: publicKey))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `hashes of published messages`() {
        let hashing = OpenSSLHashing()
        let abc = Array("abc".utf8)
        #expect(
            Hexadecimal.encode(hashing.hash(.sha256, [abc[0..<1], abc[1...]]))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hexadecimal.encode(hashing.hash(.sha384, [abc[...]]))
                == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")
        #expect(Hexadecimal.encode(hashing.hash(.sha512, [abc[...]])).hasPrefix("ddaf35a193617abacc417349ae204131"))
    }
}
