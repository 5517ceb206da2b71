import Identity

/// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1) strictly: what a lenient reader would repair is refused, so
/// that no two readers of one request see two things.
struct FormReader {
    private static let (ampersand, equals, plus, percent) = (UInt8(0x26), UInt8(0x3D), UInt8(0x2B), UInt8(0x25))

    /// The pairs in their order, duplicates kept. A name without `=` has an empty value.
    ///
    /// - Throws: `EdgeFault.malformed`, `.tooManyParameters`.
    static func pairs(_ bytes: some Collection<UInt8>) throws(EdgeFault) -> [(name: String, value: String)] {
        // In an array, byte by byte: a long token goes through here with every request.
        let bytes = Array(bytes)
        guard bytes.count(where: { $0 == ampersand }) < Parameters.maximumCount * 2 else { throw .tooManyParameters }
        var pairs: [(name: String, value: String)] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: ampersand) ?? bytes.count
            if end > start {
                guard pairs.count < Parameters.maximumCount else { throw .tooManyParameters }
                let mark = bytes[start..<end].firstIndex(of: equals) ?? end
                pairs.append((try text(bytes[start..<mark]), try text(bytes[min(mark + 1, end)..<end])))
            }
            start = end + 1
        }
        return pairs
    }

    private static func text(_ encoded: ArraySlice<UInt8>) throws(EdgeFault) -> String {
        let isPlain = encoded.allSatisfy { $0 != plus && $0 != percent && $0 != 0 }
        guard let text = String(validating: isPlain ? encoded : try decoded(encoded)[...], as: UTF8.self) else {
            throw .malformed
        }
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
