import Identity

/// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1) strictly: what a lenient reader would repair is refused, so
/// that no two readers of one request see two things.
struct FormReader {
    private static let (ampersand, equals, plus, percent) = (UInt8(0x26), UInt8(0x3D), UInt8(0x2B), UInt8(0x25))

    /// The pairs in their order, duplicates kept. A name without `=` has an empty value.
    ///
    /// - Throws: `EdgeFault.malformed`, `.tooManyParameters`.
    static func pairs(_ bytes: some BidirectionalCollection<UInt8>) throws(EdgeFault) -> [(name: String, value: String)]
    {
        // Counted before anything is copied.
        let separators = bytes.reduce(0) { $0 + ($1 == ampersand ? 1 : 0) }
        guard separators < Parameters.maximumCount * 2 else { throw .tooManyParameters }
        var pairs: [(name: String, value: String)] = []
        for part in bytes.split(separator: ampersand) {
            guard pairs.count < Parameters.maximumCount else { throw .tooManyParameters }
            let mark = part.firstIndex(of: equals) ?? part.endIndex
            let value = mark == part.endIndex ? part[mark...] : part[part.index(after: mark)...]
            pairs.append((try text(part[..<mark]), try text(value)))
        }
        return pairs
    }

    private static func text(_ encoded: some Collection<UInt8>) throws(EdgeFault) -> String {
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
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        return text
    }

    private static func digit<Bytes: Collection<UInt8>>(_ bytes: Bytes, _ index: inout Bytes.Index) -> UInt8? {
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
