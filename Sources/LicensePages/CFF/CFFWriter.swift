/// Writes a CID-keyed CFF font of a few flat glyphs (Adobe Technical Note 5176 §18). The same glyphs give the same bytes.
struct CFFWriter {
    private let font: CFFFont
    /// Flat programs; the first is `.notdef`.
    private var programs: [[UInt8]] = []
    private var identifiers: [Int] = []
    /// Places in `parts` by glyph.
    private var selection: [UInt8] = []
    /// Font dictionaries in use, as numbers of `font`.
    private var parts: [Int] = []

    /// - Parameters:
    ///   - glyphs: numbers in the font, the first 0; a glyph may occur several times.
    ///   - identifiers: the CID of each, rising from 0.
    static func font(
        _ cache: GlyphCache, name: String, glyphs: [Int], identifiers: [Int]
    ) throws(FontFault) -> [UInt8] {
        var writer = CFFWriter(font: cache.font)
        guard glyphs.count == identifiers.count, glyphs.first == 0, glyphs.count < 65_535 else {
            throw FontFault("subset")
        }
        writer.identifiers = identifiers
        for glyph in glyphs {
            writer.programs.append(try cache.program(glyph))
            let part = try cache.font.part(of: glyph)
            let place = writer.parts.firstIndex(of: part) ?? writer.parts.count
            if place == writer.parts.count { writer.parts.append(part) }
            writer.selection.append(UInt8(truncatingIfNeeded: place))
        }
        return writer.bytes(name: name)
    }

    private init(font: CFFFont) {
        self.font = font
    }

    private func bytes(name: String) -> [UInt8] {
        // Offsets take five bytes whatever they are, so that the top dictionary's length is known before them.
        let head: [UInt8] = [1, 0, 4, 4] + CFFWriter.index([Array(name.utf8)])
        let strings = CFFWriter.index(["Adobe", "Identity"].map { Array($0.utf8) }) + [0, 0]
        let topLength = CFFWriter.index([topDictionary(charset: 0, select: 0, programs: 0, fonts: 0)]).count
        let charset = charset()
        let select = [0] + selection
        let glyphs = CFFWriter.index(programs)
        let privates = parts.map { privateDictionary(font.parts[$0]) }
        let charsetStart = head.count + topLength + strings.count
        let selectStart = charsetStart + charset.count
        let glyphStart = selectStart + select.count
        let fontStart = glyphStart + glyphs.count
        let fontLength = CFFWriter.index(fontDictionaries(privates, start: 0)).count
        let fonts = CFFWriter.index(fontDictionaries(privates, start: fontStart + fontLength))
        let top = topDictionary(charset: charsetStart, select: selectStart, programs: glyphStart, fonts: fontStart)
        return head + CFFWriter.index([top]) + strings + charset + select + glyphs + fonts + privates.flatMap { $0 }
    }

    private func topDictionary(charset: Int, select: Int, programs: Int, fonts: Int) -> [UInt8] {
        var bytes = CFFWriter.operand(391) + CFFWriter.operand(392) + CFFWriter.operand(0) + [12, 30]
        if !font.encodedBoundingBox.isEmpty { bytes += font.encodedBoundingBox + [5] }
        if !font.fontMatrix.isEmpty { bytes += font.fontMatrix + [12, 7] }
        bytes += CFFWriter.operand((identifiers.last ?? 0) + 1) + [12, 34]
        bytes += CFFWriter.operand(charset) + [15] + CFFWriter.operand(select) + [12, 37]
        return bytes + CFFWriter.operand(programs) + [17] + CFFWriter.operand(fonts) + [12, 36]
    }

    private func fontDictionaries(_ privates: [[UInt8]], start: Int) -> [[UInt8]] {
        var offset = start
        return zip(parts, privates).map { part, entries in
            defer { offset += entries.count }
            let matrix = font.parts[part].fontMatrix
            return (matrix.isEmpty ? [] : matrix + [12, 7]) + CFFWriter.operand(entries.count)
                + CFFWriter.operand(offset) + [18]
        }
    }

    private func privateDictionary(_ part: CFFFont.Part) -> [UInt8] {
        CFFWriter.operand(Int(part.defaultWidth.rounded())) + [20] + CFFWriter.operand(Int(part.nominalWidth.rounded()))
            + [21]
    }

    /// Format 2, one range, where the CIDs follow one another; else format 0.
    private func charset() -> [UInt8] {
        let own = identifiers.dropFirst()
        guard let first = own.first else { return [0] }
        if zip(own, own.dropFirst()).allSatisfy({ $1 == $0 + 1 }) {
            return [2] + CFFWriter.number(first, size: 2) + CFFWriter.number(own.count - 1, size: 2)
        }
        return [0] + own.flatMap { CFFWriter.number($0, size: 2) }
    }

    private static func index(_ objects: [[UInt8]]) -> [UInt8] {
        var offset = 1
        let size = objects.reduce(1) { $0 + $1.count } < 1 << 16 ? 2 : 4
        var bytes = number(objects.count, size: 2) + [UInt8(size)] + number(1, size: size)
        for object in objects {
            offset += object.count
            bytes += number(offset, size: size)
        }
        for object in objects { bytes += object }
        return bytes
    }

    private static func number(_ value: Int, size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// An integer operand of five bytes.
    private static func operand(_ value: Int) -> [UInt8] { [29] + number(value, size: 4) }
}
