/// A CID-keyed CFF font program (Adobe Technical Note 5176 §18); its glyphs are read on demand.
struct CFFFont {
    /// What a glyph program needs of its font dictionary.
    struct Part {
        let defaultWidth: Double
        let nominalWidth: Double
        /// Encoded operands; empty for the standard matrix.
        let fontMatrix: [UInt8]
        let subroutines: CFFIndex?
    }

    let table: FontTable
    let name: String
    let charStrings: CFFIndex
    let globalSubroutines: CFFIndex
    let parts: [Part]
    /// Encoded operands; empty for the standard matrix.
    let fontMatrix: [UInt8]
    /// Encoded operands, and their values.
    let encodedBoundingBox: [UInt8]
    let boundingBox: [Double]
    private let fontSelect: Int
    private let charset: Int

    init(_ table: FontTable) throws(FontFault) {
        self.table = table
        guard try table.byte(0) == 1 else { throw FontFault("is not CFF version 1") }
        let names = try CFFIndex(table, at: try table.number(2, size: 1))
        let dictionaries = try CFFIndex(table, at: names.end)
        let strings = try CFFIndex(table, at: dictionaries.end)
        globalSubroutines = try CFFIndex(table, at: strings.end)
        name = String(decoding: try names.bytes(0), as: UTF8.self)
        let top = try CFFDictionary(try dictionaries.bytes(0))
        guard top.contains(CFFDictionary.Key.registryOrderingSupplement),
            let charStrings = top.integer(CFFDictionary.Key.charStrings),
            let fonts = top.integer(CFFDictionary.Key.fontDictionaries),
            let fontSelect = top.integer(CFFDictionary.Key.fontSelect)
        else { throw FontFault("is not CID-keyed") }
        self.charStrings = try CFFIndex(table, at: charStrings)
        self.fontSelect = fontSelect
        charset = top.integer(CFFDictionary.Key.charset) ?? 0
        fontMatrix = top.encoded(CFFDictionary.Key.fontMatrix)
        encodedBoundingBox = top.encoded(CFFDictionary.Key.fontBBox)
        boundingBox = top.numbers(CFFDictionary.Key.fontBBox)
        parts = try CFFFont.parts(table, try CFFIndex(table, at: fonts))
    }

    private static func parts(_ table: FontTable, _ fonts: CFFIndex) throws(FontFault) -> [Part] {
        guard (1...255).contains(fonts.count) else { throw FontFault("number of font dictionaries") }
        var parts: [Part] = []
        for index in 0..<fonts.count {
            let font = try CFFDictionary(try fonts.bytes(index))
            guard let size = font.integer(CFFDictionary.Key.privateDictionary, at: 0), size >= 0, size <= 1 << 16,
                let offset = font.integer(CFFDictionary.Key.privateDictionary, at: 1), offset >= 0,
                offset <= table.count
            else { throw FontFault("font dictionary") }
            let entries = try CFFDictionary(try table.bytes(offset..<offset + size))
            let subroutines = try entries.integer(CFFDictionary.Key.subroutines).map { start throws(FontFault) in
                try CFFIndex(table, at: offset + min(max(start, 0), table.count))
            }
            parts.append(
                Part(
                    defaultWidth: entries.numbers(CFFDictionary.Key.defaultWidth).first ?? 0,
                    nominalWidth: entries.numbers(CFFDictionary.Key.nominalWidth).first ?? 0,
                    fontMatrix: font.encoded(CFFDictionary.Key.fontMatrix), subroutines: subroutines))
        }
        return parts
    }

    /// The font dictionary of a glyph (FDSelect formats 0 and 3).
    func part(of glyph: Int) throws(FontFault) -> Int {
        guard glyph >= 0, glyph < charStrings.count else { throw FontFault("no such glyph") }
        let format = try table.byte(fontSelect)
        let part: Int
        switch format {
        case 0: part = try table.number(fontSelect + 1 + glyph, size: 1)
        case 3:
            var (low, high) = (0, try table.number(fontSelect + 1, size: 2))
            while high - low > 1 {
                let middle = (low + high) / 2
                if try table.number(fontSelect + 3 + middle * 3, size: 2) <= glyph {
                    low = middle
                } else {
                    high = middle
                }
            }
            part = try table.number(fontSelect + 5 + low * 3, size: 1)
        default: throw FontFault("format of FDSelect")
        }
        guard parts.indices.contains(part) else { throw FontFault("FDSelect") }
        return part
    }

    /// The CIDs of all glyphs in order (charset formats 0, 1 and 2); for fonts of few glyphs.
    func identifiers() throws(FontFault) -> [Int] {
        var identifiers = [0]
        guard charset > 2 else { return Array(0..<charStrings.count) }
        let format = try table.byte(charset)
        guard format <= 2 else { throw FontFault("format of a charset") }
        var position = charset + 1
        while identifiers.count < charStrings.count {
            let first = try table.number(position, size: 2)
            let more = format == 0 ? 0 : try table.number(position + 2, size: Int(format))
            position += 2 + (format == 0 ? 0 : Int(format))
            identifiers += first...(first + min(more, charStrings.count - identifiers.count - 1))
        }
        return identifiers
    }
}
