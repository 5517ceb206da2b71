import Primitives
import Testing

struct Base64Tests {
    /// RFC 4648 §10.
    static let samples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: samples)
    func `samples of RFC 4648 go both ways`(plain: String, encoded: String) {
        let bytes = Array(plain.utf8)
        #expect(Base64.encode(bytes) == encoded)
        #expect(Base64.decode(encoded) == bytes)
        let bare = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encodeURL(bytes) == bare)
        #expect(Base64.decodeURL(bare) == bytes)
    }

    @Test func `the two alphabets differ in their last two letters`() {
        #expect(Base64.encode([0xFB, 0xFF, 0xFE]) == "+//+")
        #expect(Base64.encodeURL([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(Base64.decode("-__-") == nil)
        #expect(Base64.decodeURL("+//+") == nil)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "=", "Zm9v=", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm\u{E9}v",
        "=Zg=", "Zg=a",
    ])
    func `padded text that is not canonical is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Z", "Zh", "Zm9", "Zg==", "Zm9vY", "Zm9v ", " Zm9v", "Zm9v.", "Zm\u{301}9v"])
    func `url text that is not canonical is refused`(text: String) {
        #expect(Base64.decodeURL(text) == nil)
    }

    @Test func `every length survives`() {
        var bytes: [UInt8] = []
        for value in 0..<300 {
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decodeURL(Base64.encodeURL(bytes)) == bytes)
            bytes.append(UInt8(truncatingIfNeeded: value &* 37))
        }
    }
}

struct Base32Tests {
    /// RFC 4648 §10 without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `samples of RFC 4648 go both ways, in either case`(plain: String, encoded: String) {
        #expect(Base32.encode(Array(plain.utf8)) == encoded)
        #expect(Base32.decode(encoded) == Array(plain.utf8))
        #expect(Base32.decode(encoded.lowercased()) == Array(plain.utf8))
    }

    @Test(arguments: [
        "M", "MZX", "MZXW6Y", "MZ", "MZXR", "MZXW7", "MY======", "M1", "M8", "M0", "MY ", " MY", "M\u{131}", "ＭＹ",
    ])
    func `impossible lengths, leftover bits and foreign letters are refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test func `every length survives`() {
        var bytes: [UInt8] = []
        for value in 0..<300 {
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
            bytes.append(UInt8(truncatingIfNeeded: value &* 37))
        }
    }
}

struct HexadecimalTests {
    @Test func `bytes go both ways and either case is read`() {
        let bytes = (0...255).map { UInt8($0) }
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.decode(text.uppercased()) == bytes)
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(arguments: ["0", "000", "0g", "0x00", " 00", "00 ", "０0"])
    func `an odd count and foreign characters are refused`(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
