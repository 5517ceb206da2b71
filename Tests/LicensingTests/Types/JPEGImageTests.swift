import Primitives
import Testing

@testable import Licensing

@Suite struct JPEGImageTests {
    private func read(_ bytes: [UInt8], pixels: Int = 1000) throws(JPEGFault) -> JPEGImage {
        try JPEGImage(reading: bytes, maximumBytes: 10_000, maximumPixels: pixels)
    }

    /// Of the frame header, by its marker.
    private func frame(_ bytes: [UInt8], _ marker: UInt8 = 0xC0) throws -> Int {
        try #require(bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == marker })
    }

    @Test func `grey, colour and progressive photos are taken with their size`() throws {
        for (bytes, components) in [(JPEGVectors.grey, 1), (JPEGVectors.colour, 3), (JPEGVectors.progressive, 3)] {
            let image = try read(bytes)
            #expect(image.width == 16 && image.height == 8 && image.components == components)
            #expect(image.bytes == bytes)
        }
    }

    @Test func `four colours are refused`() {
        #expect(throws: JPEGFault(reason: "must be a JPEG in grey or three colours, not CMYK")) {
            try read(JPEGVectors.cmyk)
        }
    }

    @Test func `a photo of as many bytes and pixels as allowed is taken and one more is refused`() throws {
        let count = JPEGVectors.grey.count
        _ = try JPEGImage(reading: JPEGVectors.grey, maximumBytes: count, maximumPixels: 128)
        #expect(throws: JPEGFault.self) {
            try JPEGImage(reading: JPEGVectors.grey, maximumBytes: count - 1, maximumPixels: 128)
        }
        #expect(throws: JPEGFault.self) {
            try JPEGImage(reading: JPEGVectors.grey, maximumBytes: count, maximumPixels: 127)
        }
    }

    @Test func `a photo cut off anywhere is refused`() {
        for bytes in [JPEGVectors.grey, JPEGVectors.progressive] {
            for length in bytes.indices {
                #expect(throws: JPEGFault.self, "length \(length)") { try read(Array(bytes.prefix(length))) }
            }
        }
    }

    @Test func `bytes after the end of the image are refused`() {
        #expect(throws: JPEGFault.malformed("bytes follow its end")) { try read(JPEGVectors.grey + [0]) }
        #expect(throws: JPEGFault.malformed("bytes follow its end")) { try read(JPEGVectors.grey + JPEGVectors.grey) }
    }

    @Test(arguments: [0xC1, 0xC3, 0xC5, 0xC9, 0xCA, 0xCC, 0xCF] as [UInt8])
    func `other codings than baseline and progressive are refused`(marker: UInt8) throws {
        var bytes = JPEGVectors.grey
        bytes[try frame(bytes) + 1] = marker
        #expect(throws: JPEGFault(reason: "must be a baseline or progressive JPEG with Huffman coding")) {
            try read(bytes)
        }
    }

    @Test(arguments: [(4, 12), (6, 0), (8, 0), (9, 2), (11, 0x51), (11, 0x01), (12, 4)] as [(Int, UInt8)])
    func `a frame header with a wrong value is refused`(place: Int, value: UInt8) throws {
        var bytes = JPEGVectors.grey
        let start = try frame(bytes)
        bytes[start + place] = value
        if place == 6 || place == 8 { bytes[start + place - 1] = 0 }
        #expect(throws: JPEGFault.self) { try read(bytes) }
    }

    @Test func `a second frame is refused`() throws {
        let bytes = JPEGVectors.grey
        let start = try frame(bytes)
        let header = bytes[start..<start + 13]
        #expect(throws: JPEGFault.malformed("its frame header is wrong")) {
            try read(Array(bytes[..<start]) + header + Array(bytes[start...]))
        }
    }

    @Test func `an image without a scan and bytes that are no image are refused`() throws {
        let bytes = JPEGVectors.grey
        let scan = try frame(bytes, 0xDA)
        #expect(throws: JPEGFault.malformed("it has no image")) { try read(Array(bytes[..<scan]) + [0xFF, 0xD9]) }
        for other in [[], [0xFF], Array("GIF89a".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF, 0xD9]] as [[UInt8]]
        {
            #expect(throws: JPEGFault.self) { try read(other) }
        }
    }

    @Test func `no changed byte stops the reader`() {
        for bytes in [JPEGVectors.grey, JPEGVectors.colour, JPEGVectors.progressive] {
            for index in bytes.indices {
                for value in [0x00, 0x01, 0x7F, 0x80, 0xD8, 0xFF] as [UInt8] {
                    var changed = bytes
                    changed[index] = value
                    _ = try? read(changed)
                }
            }
        }
    }

    @Test func `the photo of specimens is a photo`() throws {
        let photo = Specimen.photo
        #expect(try JPEGImage(reading: photo.bytes, maximumBytes: 1000, maximumPixels: 76_800) == photo)
    }
}
