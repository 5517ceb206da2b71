import Primitives
import Testing

@testable import OpenSSLCrypto

struct PublishedVectorTests {
    private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hex)) }

    @Test func `RFC 5869 test case 1, its first 32 bytes`() throws {
        let key = KeyedHash.hkdf(
            [UInt8](repeating: 0x0B, count: 22), salt: try bytes("000102030405060708090a0b0c"),
            info: try bytes("f0f1f2f3f4f5f6f7f8f9"))
        #expect(try key == bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"))
    }

    @Test func `RFC 5869 test case 3, without salt and info`() throws {
        let key = KeyedHash.hkdf([UInt8](repeating: 0x0B, count: 22), salt: [], info: [])
        #expect(try key == bytes("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"))
    }

    @Test func `RFC 4231 test cases 1, 2 and 6`() throws {
        #expect(
            try KeyedHash.hmac(key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8))
                == bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"))
        #expect(
            try KeyedHash.hmac(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
                == bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"))
        let text = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(
            try KeyedHash.hmac(key: [UInt8](repeating: 0xAA, count: 131), text)
                == bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"))
    }

    @Test func `RFC 4231 test cases 1, 2 and 6 with a key set up once, again and again`() throws {
        let cases = [
            ([UInt8](repeating: 0x0B, count: 20), "Hi There"), (Array("Jefe".utf8), "what do ya want for nothing?"),
            ([UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First"),
        ]
        for (key, message) in cases {
            let prepared = PreparedHMAC(key: key)
            for text in [message, "another", "", message] {
                #expect(prepared.value(of: Array(text.utf8)) == KeyedHash.hmac(key: key, Array(text.utf8)))
            }
        }
    }

    /// The Galois/Counter Mode of Operation, McGrew and Viega, appendix B, test cases 14 and 16.
    @Test func `published AES-256-GCM cases`() throws {
        let empty = try AuthenticatedEncryption.encrypt(
            [UInt8](repeating: 0, count: 16), key: [UInt8](repeating: 0, count: 32),
            nonce: [UInt8](repeating: 0, count: 12), authenticating: [])
        #expect(try empty == bytes("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"))
        let key = try bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let plain = try bytes(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                + "b16aedf5aa0de657ba637b39")
        let context = try bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let nonce = try bytes("cafebabefacedbaddecaf888")
        let sealed = try AuthenticatedEncryption.encrypt(plain, key: key, nonce: nonce, authenticating: context)
        #expect(
            try sealed
                == bytes(
                    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                        + "c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b"))
        let opened = try AuthenticatedEncryption.decrypt(sealed[...], key: key, nonce: nonce, authenticating: context)
        #expect(opened == plain)
    }

    @Test func `a key or nonce of another length is an error, not a read past its end`() {
        #expect(throws: OpenSSLError.self) {
            try AuthenticatedEncryption.encrypt(
                [1], key: [1], nonce: [UInt8](repeating: 0, count: 12), authenticating: [])
        }
        #expect(throws: OpenSSLError.self) {
            try AuthenticatedEncryption.encrypt(
                [1], key: [UInt8](repeating: 0, count: 32), nonce: [], authenticating: [])
        }
    }

    @Test func `a data key file opens with its passphrase alone and notices damage`() throws {
        let key = Secret(OpenSSLRandomness().bytes(32))
        let file = Array(try DataKeyFile.encrypt(key, passphrase: Secret([1, 2])).utf8)
        #expect(try DataKeyFile.decrypt(file, passphrase: Secret([1, 2]))?.exposedBytes == key.exposedBytes)
        #expect(try DataKeyFile.decrypt(file, passphrase: Secret([1])) == nil)
        let content = try #require(PEM.single(DataKeyFile.label, in: file))
        for index in [0, 1, 17, 29, 61, 76] {
            var changed = content
            changed[index] ^= 1
            let text = Array(PEM(label: DataKeyFile.label, bytes: changed).text.utf8)
            #expect(try DataKeyFile.decrypt(text, passphrase: Secret([1, 2])) == nil)
        }
    }
}
