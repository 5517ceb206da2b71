import Deflate
import Primitives
import Testing

struct ZlibTests {
    private static func pseudorandom(_ count: Int) -> [UInt8] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    @Test(arguments: [
        [], [0], Array("aaaaaaaaaa".utf8), [UInt8](repeating: 7, count: 300_000), pseudorandom(300_000),
    ])
    func `what is compressed comes back`(bytes: [UInt8]) {
        let compressed = Zlib.compress(bytes)
        #expect(Zlib.decompress(compressed, limit: bytes.count) == bytes)
    }

    @Test(
        arguments: [("eNrbuRgAAhcBXQ", [0xB9, 0xA3]), ("eNo76fITAAPfAgc", [0xC9, 0x44, 0xF9])] as [(String, [UInt8])])
    func `streams another writer made are read`(text: String, expected: [UInt8]) throws {
        let stream = try #require(Base64.decodeURL(text))
        #expect(Zlib.decompress(stream, limit: 10) == expected)
        #expect(Zlib.compress(expected).prefix(2) == [0x78, 0xDA])
    }

    @Test func `one byte over the limit is refused, and a bomb costs no more than the limit`() {
        let bytes = [UInt8](repeating: 0, count: 1000)
        let compressed = Zlib.compress(bytes)
        #expect(Zlib.decompress(compressed, limit: 1000) == bytes)
        #expect(Zlib.decompress(compressed, limit: 999) == nil)
        #expect(Zlib.decompress(compressed, limit: 0) == nil)
        let bomb = Zlib.compress([UInt8](repeating: 0, count: 100_000_000))
        #expect(bomb.count < 200_000)
        #expect(Zlib.decompress(bomb, limit: 1 << 20) == nil)
    }

    @Test func `every cut is refused`() {
        let compressed = Zlib.compress(Array("a stream that ends too early says so".utf8))
        for count in 0..<compressed.count {
            #expect(Zlib.decompress(Array(compressed.prefix(count)), limit: 1000) == nil)
            #expect(Zlib.decompress(Array(compressed.prefix(count)), limit: 1000, allowingTrailingBytes: true) == nil)
        }
    }

    @Test func `a changed checksum or body is refused`() {
        let bytes = ZlibTests.pseudorandom(200)
        let compressed = Zlib.compress(bytes)
        for index in compressed.indices {
            var changed = compressed
            changed[index] ^= 0x01
            #expect(Zlib.decompress(changed, limit: 1000) != bytes || index == 1, "byte \(index)")
        }
        var checksum = compressed
        checksum[compressed.count - 1] ^= 1
        #expect(Zlib.decompress(checksum, limit: 1000) == nil)
    }

    @Test func `bytes after the stream are refused unless the caller allows them`() {
        let bytes = Array("stream".utf8)
        let compressed = Zlib.compress(bytes)
        #expect(Zlib.decompress(compressed + [0x0A], limit: 100) == nil)
        #expect(Zlib.decompress(compressed + [0x0A], limit: 100, allowingTrailingBytes: true) == bytes)
        #expect(Zlib.decompress(compressed + compressed, limit: 100) == nil)
    }

    @Test(
        arguments: [
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],  // gzip
            [3, 0],  // raw deflate
            [0x78, 0xBB, 0, 0, 0, 0],  // wants a dictionary
            [0x78], [], [0xFF, 0xFF],
        ] as [[UInt8]])
    func `other containers are refused`(bytes: [UInt8]) {
        #expect(Zlib.decompress(bytes, limit: 1000) == nil)
    }
}
