/// Why bytes are not a JPEG that may stand on a license.
struct JPEGFault: Error, Hashable, Sendable {
    let reason: String

    static func tooLarge(_ maximumBytes: Int) -> JPEGFault {
        JPEGFault(reason: "must be a JPEG of at most \(maximumBytes) bytes")
    }

    static func malformed(_ what: String) -> JPEGFault {
        JPEGFault(reason: "must be a whole JPEG: \(what)")
    }
}

extension JPEGImage {
    /// Walks a JPEG from its first marker to its last (ITU-T T.81 annex B) and takes what every PDF reader draws: baseline or
    /// progressive, 8 bits, grey or three colours. Image data is not decoded.
    ///
    /// - Parameter maximumPixels: width × height.
    init(reading bytes: [UInt8], maximumBytes: Int, maximumPixels: Int) throws(JPEGFault) {
        guard bytes.count <= maximumBytes else { throw JPEGFault.tooLarge(maximumBytes) }
        var walk = JPEGWalk(bytes)
        let frame = try walk.frame()
        guard frame.width * frame.height <= maximumPixels else {
            throw JPEGFault(reason: "must be a JPEG of at most \(maximumPixels) pixels (width × height)")
        }
        self.init(bytes: bytes, width: frame.width, height: frame.height, components: frame.components)
    }
}

/// One pass over the markers of a JPEG.
private struct JPEGWalk {
    struct Frame {
        let width: Int
        let height: Int
        let components: Int
    }

    private let bytes: [UInt8]
    private var index = 0
    private var found: Frame?
    private var hasScan = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func frame() throws(JPEGFault) -> Frame {
        guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else {
            throw JPEGFault.malformed("it does not begin with the SOI marker")
        }
        index = 2
        while true {
            let marker = try marker()
            switch marker {
            case 0xD9:
                guard index == bytes.count else { throw JPEGFault.malformed("bytes follow its end") }
                guard let found, hasScan else { throw JPEGFault.malformed("it has no image") }
                return found
            case 0xC0, 0xC2: try readFrame()
            case 0xDA: try readScan()
            // Tables, restart interval, application data, comments.
            case 0xC4, 0xDB, 0xDD, 0xE0...0xEF, 0xFE: _ = try segment()
            case 0xC1, 0xC3, 0xC5...0xCF:
                throw JPEGFault(reason: "must be a baseline or progressive JPEG with Huffman coding")
            default: throw JPEGFault.malformed("it has a marker that must not stand there")
            }
        }
    }

    /// The code of the next marker, which must begin here; fill bytes are allowed (§B.1.1.2).
    private mutating func marker() throws(JPEGFault) -> UInt8 {
        guard index < bytes.count, bytes[index] == 0xFF else { throw JPEGFault.malformed("a marker is missing") }
        while index < bytes.count, bytes[index] == 0xFF { index += 1 }
        guard index < bytes.count else { throw JPEGFault.malformed("it is cut off") }
        index += 1
        return bytes[index - 1]
    }

    /// The parameters of a segment, without their length.
    private mutating func segment() throws(JPEGFault) -> ArraySlice<UInt8> {
        guard bytes.count - index >= 2 else { throw JPEGFault.malformed("it is cut off") }
        let length = Int(bytes[index]) << 8 | Int(bytes[index + 1])
        guard length >= 2, length <= bytes.count - index else { throw JPEGFault.malformed("a segment is cut off") }
        defer { index += length }
        return bytes[index + 2..<index + length]
    }

    private mutating func readFrame() throws(JPEGFault) {
        let parameters = Array(try segment())
        guard found == nil, parameters.count >= 6 else { throw JPEGFault.malformed("its frame header is wrong") }
        let height = Int(parameters[1]) << 8 | Int(parameters[2])
        let width = Int(parameters[3]) << 8 | Int(parameters[4])
        let components = Int(parameters[5])
        guard parameters[0] == 8 else { throw JPEGFault(reason: "must be a JPEG of 8 bits a colour") }
        guard components == 1 || components == 3 else {
            throw JPEGFault(reason: "must be a JPEG in grey or three colours, not CMYK")
        }
        guard parameters.count == 6 + 3 * components, width > 0, height > 0 else {
            throw JPEGFault.malformed("its frame header is wrong")
        }
        for start in stride(from: 6, to: parameters.count, by: 3) {
            let (sampling, table) = (parameters[start + 1], parameters[start + 2])
            guard (1...4).contains(sampling >> 4), (1...4).contains(sampling & 15), table <= 3 else {
                throw JPEGFault.malformed("its frame header is wrong")
            }
        }
        found = Frame(width: width, height: height, components: components)
    }

    private mutating func readScan() throws(JPEGFault) {
        let parameters = Array(try segment())
        guard let found, let count = parameters.first, (1...UInt8(found.components)).contains(count),
            parameters.count == 4 + 2 * Int(count)
        else { throw JPEGFault.malformed("a scan header is wrong") }
        hasScan = true
        let start = index
        // Image data: every 0xFF in it is followed by 0x00 or is a restart marker.
        while index + 1 < bytes.count {
            if bytes[index] != 0xFF {
                index += 1
            } else if bytes[index + 1] == 0 || (0xD0...0xD7).contains(bytes[index + 1]) {
                index += 2
            } else {
                break
            }
        }
        guard index > start, index + 1 < bytes.count else { throw JPEGFault.malformed("it is cut off") }
    }
}
