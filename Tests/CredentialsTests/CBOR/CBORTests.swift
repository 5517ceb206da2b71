import Credentials
import Primitives
import Testing

struct CBORTests {
    private func read(_ hexadecimal: String) throws -> CBOR {
        try CBORReader.read(try #require(Hexadecimal.decode(hexadecimal)))
    }

    private static func map(_ pairs: [(CBOR, CBOR)]) -> CBOR {
        var map = CBORMap()
        for (key, value) in pairs { map[key] = value }
        return .map(map)
    }

    private static let oneToTwentyFive = CBOR.array((1...25).map { .unsigned($0) })

    /// RFC 8949 appendix A: every example that is deterministic.
    @Test(
        arguments: [
            ("00", .unsigned(0)), ("01", .unsigned(1)), ("0a", .unsigned(10)), ("17", .unsigned(23)),
            ("1818", .unsigned(24)), ("1819", .unsigned(25)), ("1864", .unsigned(100)), ("1903e8", .unsigned(1000)),
            ("1a000f4240", .unsigned(1_000_000)), ("1b000000e8d4a51000", .unsigned(1_000_000_000_000)),
            ("1bffffffffffffffff", .unsigned(.max)),
            ("c249010000000000000000", .tagged(2, .bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]))),
            ("3bffffffffffffffff", .negative(.max)),
            ("c349010000000000000000", .tagged(3, .bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]))),
            ("20", .integer(-1)), ("29", .integer(-10)), ("3863", .integer(-100)), ("3903e7", .integer(-1000)),
            ("f90000", .float(0)), ("f98000", .float(-0.0)), ("f93c00", .float(1)),
            ("fb3ff199999999999a", .float(1.1)), ("f93e00", .float(1.5)), ("f97bff", .float(65504)),
            ("fa47c35000", .float(100_000)), ("fa7f7fffff", .float(3.4028234663852886e+38)),
            ("fb7e37e43c8800759c", .float(1e300)), ("f90001", .float(5.960464477539063e-8)),
            ("f90400", .float(0.00006103515625)), ("f9c400", .float(-4)), ("fbc010666666666666", .float(-4.1)),
            ("f97c00", .float(.infinity)), ("f9fc00", .float(-.infinity)),
            ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null), ("f7", .undefined), ("f0", .simple(16)),
            ("f8ff", .simple(255)),
            ("c074323031332d30332d32315432303a30343a30305a", .tagged(0, .text("2013-03-21T20:04:00Z"))),
            ("c11a514b67b0", .tagged(1, .unsigned(1_363_896_240))),
            ("c1fb41d452d9ec200000", .tagged(1, .float(1363896240.5))),
            ("d74401020304", .tagged(23, .bytes([1, 2, 3, 4]))),
            ("d818456449455446", .tagged(24, .bytes([0x64, 0x49, 0x45, 0x54, 0x46]))),
            ("d82076687474703a2f2f7777772e6578616d706c652e636f6d", .tagged(32, .text("http://www.example.com"))),
            ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")), ("6161", .text("a")),
            ("6449455446", .text("IETF")), ("62225c", .text("\"\\")), ("62c3bc", .text("ü")), ("63e6b0b4", .text("水")),
            ("64f0908591", .text("\u{10151}")), ("80", .array([])),
            ("83010203", .array([.unsigned(1), .unsigned(2), .unsigned(3)])),
            (
                "8301820203820405",
                .array([
                    .unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)]),
                ])
            ),
            ("98190102030405060708090a0b0c0d0e0f101112131415161718181819", oneToTwentyFive),
            ("a0", map([])),
            ("a201020304", map([(.unsigned(1), .unsigned(2)), (.unsigned(3), .unsigned(4))])),
            (
                "a26161016162820203",
                map([(.text("b"), .array([.unsigned(2), .unsigned(3)])), (.text("a"), .unsigned(1))])
            ),
            ("826161a161626163", .array([.text("a"), map([(.text("b"), .text("c"))])])),
            (
                "a56161614161626142616361436164614461656145",
                map([
                    (.text("e"), .text("E")), (.text("a"), .text("A")), (.text("c"), .text("C")),
                    (.text("b"), .text("B")), (.text("d"), .text("D")),
                ])
            ),
        ] as [(String, CBOR)])
    func `examples of RFC 8949 read and write as they stand`(hexadecimal: String, item: CBOR) throws {
        #expect(try read(hexadecimal) == item)
        #expect(Hexadecimal.encode(item.encoded) == hexadecimal)
    }

    @Test func `not a number has one encoding`() throws {
        #expect(Hexadecimal.encode(CBOR.float(.nan).encoded) == "f97e00")
        guard case .float(let value) = try read("f97e00") else {
            Issue.record("no floating-point number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(arguments: [
        // RFC 8949 appendix A, not in their shortest form.
        "fa7f800000", "fa7fc00000", "faff800000", "fb7ff0000000000000", "fb7ff8000000000000", "fbfff0000000000000",
        // Appendix A, of indefinite length.
        "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "9f018202039f0405ffff", "9f01820203820405ff",
        "83018202039f0405ff", "83019f0203ff820405", "bf61610161629f0203ffff", "826161bf61626163ff",
        // Longer than need be.
        "1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5800", "7801" + "61", "9800",
        "b800", "d802" + "40", "fb3ff8000000000000", "fa3fc00000", "f97e01", "f818", "f81f", "f800",
        // Reserved initial bytes and a lone break.
        "1c", "1d", "1e", "1f", "3f", "5c", "7d", "9e", "bc", "dc", "fc", "fd", "fe", "ff", "df00",
        // Cut off.
        "", "18", "19ff", "1a0102", "1b01020304050607", "41", "4401", "62c3", "82", "8201", "a1", "a101", "c2", "f9",
        "f97e", "fb00",
        // Not UTF-8.
        "61ff", "62c328", "63eda080", "62c080",
        // Keys twice, out of order, or one number.
        "a201010101", "a202000100", "a26162016161" + "02", "a2f90000" + "00" + "f98000" + "00",
        // Bytes after the end.
        "0000", "8000", "a0f6",
    ])
    func `what is not deterministic, or cut off, is refused`(hexadecimal: String) throws {
        let bytes = try #require(Hexadecimal.decode(hexadecimal))
        #expect(throws: CBORFault.self) { try CBORReader.read(bytes) }
    }

    @Test(arguments: ["5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff", "bbffffffffffffffff"])
    func `a count beyond the file is refused before anything is made`(hexadecimal: String) throws {
        let bytes = try #require(Hexadecimal.decode(hexadecimal))
        #expect(throws: CBORFault.self) { try CBORReader.read(bytes) }
        #expect(throws: CBORFault.self) { try CBORReader.read(bytes + [0, 1, 2]) }
    }

    @Test func `depth is bounded`() throws {
        let deep = [UInt8](repeating: 0x81, count: 100_000) + [0]
        #expect(throws: CBORFault.self) { try CBORReader.read(deep) }
        let tags = [UInt8](repeating: 0xC1, count: 100_000) + [0]
        #expect(throws: CBORFault.self) { try CBORReader.read(tags) }
        let allowed = [UInt8](repeating: 0x81, count: 4) + [0]
        #expect(try CBORReader.read(allowed, maximumDepth: 4).encoded == allowed)
        #expect(throws: CBORFault.self) { try CBORReader.read(allowed, maximumDepth: 3) }
    }

    @Test func `keys are sorted by their bytes`() {
        let map = CBORTests.map([
            (.text("z"), .null), (.text("aa"), .null), (.integer(-1), .null), (.unsigned(100), .null),
            (.unsigned(10), .null),
        ])
        // RFC 8949 §4.2.1 names this order: 10, 100, -1, "z", "aa".
        #expect(Hexadecimal.encode(map.encoded) == "a5" + "0af6" + "1864f6" + "20f6" + "617af6" + "626161f6")
    }

    @Test func `whole numbers at the ends of their range`() throws {
        for value in [Int64.min, -1, 0, 23, 24, 255, 256, .max] {
            #expect(try CBORReader.read(CBOR.integer(value).encoded).integer == value)
        }
        #expect(CBOR.unsigned(.max).integer == nil)
        #expect(CBOR.negative(.max).integer == nil)
        #expect(CBOR.text("1").integer == nil)
    }

    @Test func `whatever is accepted encodes back to the same bytes`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            guard let item = try? CBORReader.read(bytes) else { continue }
            #expect(item.encoded == bytes)
        }
    }
}
