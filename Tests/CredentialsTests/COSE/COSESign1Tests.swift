import Credentials
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct COSESign1Tests {
    private let content = Array("This is the content.".utf8)

    private func bytes(_ hexadecimal: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hexadecimal)) }

    private func key(_ x: String, _ y: String) throws -> [UInt8] {
        JWK(.elliptic(.p256, x: try bytes(x), y: try bytes(y))).subjectPublicKeyInfo
    }

    private func eleven() throws -> [UInt8] { try key(COSEVectors.keyX, COSEVectors.keyY) }

    @Test func `RFC 9052 C.2.1 verifies with its key`() throws {
        let message = try COSESign1(parsing: try bytes(COSEVectors.es256))
        #expect(message.algorithm == .es256)
        #expect(message.payload == content)
        #expect(message.keyID == nil)
        #expect(message.unprotectedHeader[4]?.bytes == Array("11".utf8))
        #expect(message.isValid(publicKey: try eleven(), verifier: SampleOffice.verifier))
        #expect(!message.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier))
    }

    @Test func `RFC 8392 A.3 verifies with its key and gives its claims`() throws {
        let message = try COSESign1(parsing: try bytes(COSEVectors.signedCWT))
        let publicKey = try key(COSEVectors.cwtX, COSEVectors.cwtY)
        #expect(message.isValid(publicKey: publicKey, verifier: SampleOffice.verifier))
        let claims = try #require(try CBORReader.read(message.payload).map)
        #expect(claims[1]?.text == "coap://as.example.com")
        #expect(claims[2]?.text == "erikw")
        #expect(claims[3]?.text == "coap://light.example.com")
        #expect(claims[4]?.integer == 1_444_064_944)
        #expect(claims[5]?.integer == 1_443_944_944)
        #expect(claims[6]?.integer == 1_443_944_944)
        #expect(claims[7]?.bytes == [0x0B, 0x71])
    }

    @Test func `RFC 9052 C.2.1 with anything changed does not verify`() throws {
        let original = try bytes(COSEVectors.es256)
        for index in original.indices {
            var changed = original
            changed[index] ^= 1
            guard let message = try? COSESign1(parsing: changed) else { continue }
            let isValid = message.isValid(publicKey: try eleven(), verifier: SampleOffice.verifier)
            // Bytes 7 to 11 are the header that is not signed.
            #expect(!isValid || (7...11).contains(index), "byte \(index)")
        }
    }

    @Test func `a signed attribute added or taken away breaks the signature`() throws {
        guard case .tagged(let tag, .array(var parts)) = try CBORReader.read(try bytes(COSEVectors.es256)) else {
            Issue.record("no COSE_Sign1")
            return
        }
        parts[0] = .bytes(COSESign1Tests.map((1, .integer(-7)), (3, .unsigned(0))).encoded)
        let message = try COSESign1(parsing: CBOR.tagged(tag, .array(parts)).encoded)
        #expect(!message.isValid(publicKey: try eleven(), verifier: SampleOffice.verifier))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `what is signed reads back and verifies under its own key only`(algorithm: SignatureAlgorithm) throws {
        let (signer, publicKey) = try SampleOffice.stranger(algorithm)
        let message = try COSESign1(parsing: try COSESign1.signed(payload: content, keyID: [1, 2], by: signer))
        #expect(message.algorithm == algorithm && message.keyID == [1, 2] && message.payload == content)
        #expect(message.unprotectedHeader.isEmpty)
        #expect(message.isValid(publicKey: publicKey, verifier: SampleOffice.verifier))
        #expect(!message.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier))
    }

    private static func message(_ protectedHeader: CBOR, _ unprotected: CBOR = .map(CBORMap())) -> [UInt8] {
        CBOR.tagged(
            18, .array([.bytes(protectedHeader.encoded), unprotected, .bytes([0]), .bytes([1, 2])])
        ).encoded
    }

    private static func map(_ pairs: (Int64, CBOR)...) -> CBOR {
        var map = CBORMap()
        for (label, value) in pairs { map[label] = value }
        return .map(map)
    }

    @Test(
        arguments: [
            (message(map()), "algorithm"),
            (message(map((1, .integer(5)))), "algorithm"),  // HMAC
            (message(map((1, .integer(-257 - 65536)))), "algorithm"),
            (message(map((1, .text("ES256")))), "algorithm"),
            (message(map((1, .unsigned(.max)))), "algorithm"),
            (message(map(), map((1, .integer(-7)))), "must be signed"),
            (message(map((1, .integer(-7))), map((1, .integer(-7)))), "must be signed"),
            (message(map((1, .integer(-7)), (2, .array([.integer(4)])))), "crit"),
            (message(map((1, .integer(-7))), map((2, .array([.integer(4)])))), "must be signed"),
            (message(map((1, .integer(-7)), (4, .bytes([1]))), map((4, .bytes([2])))), "both headers"),
            (message(.array([])), "not a map"),
            ([], "CBOR"),
            ([0x80], "COSE_Sign1"),
            (CBOR.tagged(18, .array([.bytes([]), .map(CBORMap()), .bytes([]), .bytes([])])).encoded, "CBOR"),
            (CBOR.tagged(18, .array([.bytes([0xA0]), .map(CBORMap()), .null, .bytes([])])).encoded, "payload inside"),
            (CBOR.tagged(17, .array([.bytes([0xA0]), .map(CBORMap()), .bytes([]), .bytes([])])).encoded, "tagged"),
            (CBOR.array([.bytes([0xA0]), .map(CBORMap()), .bytes([]), .bytes([])]).encoded, "tagged"),
            (message(map((1, .integer(-7)))) + [0], "CBOR"),
        ] as [([UInt8], String)])
    func `a message that could mislead is refused`(bytes: [UInt8], reason expected: String) {
        let fault = #expect(throws: COSEFault.self) { try COSESign1(parsing: bytes) }
        #expect(fault?.reason.contains(expected) == true, "\(fault?.reason ?? "")")
    }
}
