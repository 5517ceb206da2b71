import Identity
import Primitives

/// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1) strictly: what a lenient reader would repair is refused, so
/// that no two readers of one request see two things.
struct FormReader {
    private static let ampersand = UInt8(ascii: "&")
    private static let equals = UInt8(ascii: "=")
    private static let plus = UInt8(ascii: "+")
    private static let percent = UInt8(ascii: "%")

    /// The pairs in their order, duplicates kept. A name without `=` has an empty value.
    ///
    /// - Throws: `EdgeFault.malformed`, `.tooManyParameters`.
    static func pairs(_ bytes: some Collection<UInt8>) throws(EdgeFault) -> [(name: String, value: String)] {
        // In an array, many bytes at once: a long token goes through here with every request.
        let bytes = Array(bytes)
        var pairs: [(name: String, value: String)] = []
        var (start, parts) = (0, 0)
        while start < bytes.count {
            let end = ByteScan.firstIndex(of: ampersand, in: bytes[start...]) ?? bytes.count
            parts += 1
            guard parts <= Parameters.maximumCount * 2 else { throw .tooManyParameters }
            if end > start {
                guard pairs.count < Parameters.maximumCount else { throw .tooManyParameters }
                let mark = ByteScan.firstIndex(of: equals, in: bytes[start..<end]) ?? end
                pairs.append((try text(bytes[start..<mark]), try text(bytes[min(mark + 1, end)..<end])))
            }
            start = end + 1
        }
        return pairs
    }

    private static func text(_ encoded: ArraySlice<UInt8>) throws(EdgeFault) -> String {
        // Nearly all are letters and digits, which stand for themselves and need no validation.
        let isPlain = !ByteScan.contains(in: encoded) { block in
            (block .== .init(repeating: plus)) .| (block .== .init(repeating: percent))
                .| (block .== .init(repeating: 0))
                .| (block .>= .init(repeating: 0x80))
        }
        if isPlain { return String(decoding: encoded, as: UTF8.self) }
        guard let text = String(validating: try decoded(encoded), as: UTF8.self) else { throw .malformed }
        return text
    }

    private static func decoded(_ encoded: ArraySlice<UInt8>) throws(EdgeFault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var index = encoded.startIndex
        while index != encoded.endIndex {
            var byte = encoded[index]
            encoded.formIndex(after: &index)
            if byte == plus {
                byte = 0x20
            } else if byte == percent {
                guard let high = digit(encoded, &index), let low = digit(encoded, &index) else { throw .malformed }
                byte = high << 4 | low
            }
            // No name or value has a reason for NUL; some readers end there.
            guard byte != 0 else { throw .malformed }
            bytes.append(byte)
        }
        return bytes
    }

    private static func digit(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> UInt8? {
        guard index != bytes.endIndex else { return nil }
        defer { bytes.formIndex(after: &index) }
        return switch bytes[index] {
        case let byte where (0x30...0x39).contains(byte): byte - 0x30
        case let byte where (0x41...0x46).contains(byte): byte - 0x37
        case let byte where (0x61...0x66).contains(byte): byte - 0x57
        default: nil
        }
    }
}
