import Deflate

/// Stream filters (ISO 32000-2 §7.4).
enum PDFFilters {
    /// Undoes a stream's filters up to an image filter, which is left.
    /// `resolve` follows references in the dictionary.
    /// - Throws: `malformed`, `limit`, `encrypted` or `unsupported` (LZWDecode and unknown filters).
    static func decode(
        _ stream: PDFStream, budget: inout DecodingBudget, resolve: (PDFObject) -> PDFObject
    ) throws(PDFFault) -> [UInt8] {
        let filters = list(stream.dictionary["Filter"], resolve)
        let parameters = list(stream.dictionary["DecodeParms"], resolve)
        guard filters.count <= 8 else { throw .limit("filters of a stream") }
        var bytes = stream.encodedBytes
        for (index, filter) in filters.enumerated() {
            let values = parameters.indices.contains(index) ? parameters[index].dictionary ?? [:] : [:]
            switch filter.name {
            case "FlateDecode", "Fl":
                let limit = budget.limit(for: bytes.count)
                guard let inflated = Zlib.decompress(bytes, limit: limit, allowingTrailingBytes: true) else {
                    throw .malformed("Flate data, or a stream too large", offset: 0)
                }
                try budget.spend(inflated.count)
                bytes = try Predictor(values.mapValues(resolve)).undo(inflated)
            case "ASCIIHexDecode", "AHx": bytes = try hexadecimal(bytes)
            case "ASCII85Decode", "A85": bytes = try base85(bytes, limit: budget.left)
            case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode": return bytes
            case "Crypt": throw .encrypted
            default: throw .unsupported("stream filter")
            }
            try budget.spend(bytes.count)
        }
        return bytes
    }

    private static func list(_ object: PDFObject?, _ resolve: (PDFObject) -> PDFObject) -> [PDFObject] {
        switch resolve(object ?? .null) {
        case .null: []
        case .array(let values): values.map(resolve)
        case let single: [single]
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) throws(PDFFault) -> [UInt8] {
        var parser = PDFParser([UInt8(ascii: "<")] + bytes, limits: .standard)
        return try parser.hexadecimalString()
    }

    /// Groups of five digits to base 85, `z` for four zero bytes, `~>` at the end (§7.4.3).
    private static func base85(_ bytes: [UInt8], limit: Int) throws(PDFFault) -> [UInt8] {
        var output: [UInt8] = []
        var group: [UInt32] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            // One `z` makes four bytes.
            guard output.count <= limit else { throw .limit("decoded streams") }
            switch byte {
            case UInt8(ascii: "~"):
                guard index < bytes.count, bytes[index] == UInt8(ascii: ">"), group.count != 1 else {
                    throw .malformed("end of base 85 data", offset: index)
                }
                if !group.isEmpty { output += try base85(group, at: index).prefix(group.count - 1) }
                return output
            case UInt8(ascii: "z") where group.isEmpty: output += [0, 0, 0, 0]
            case 0x21...0x75:
                group.append(UInt32(byte - 0x21))
                if group.count == 5 {
                    output += try base85(group, at: index)
                    group.removeAll(keepingCapacity: true)
                }
            default:
                guard PDFCharacter.isWhitespace(byte) else { throw .malformed("base 85 digit", offset: index) }
            }
        }
        throw .malformed("base 85 data without end", offset: index)
    }

    /// The four bytes of a group; a short group is filled up with the highest digit.
    private static func base85(_ digits: [UInt32], at offset: Int) throws(PDFFault) -> [UInt8] {
        var value: UInt64 = 0
        for index in 0..<5 { value = value * 85 + UInt64(index < digits.count ? digits[index] : 84) }
        guard let word = UInt32(exactly: value) else { throw .malformed("base 85 group", offset: offset) }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
}
