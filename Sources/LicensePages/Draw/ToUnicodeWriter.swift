/// Writes ToUnicode CMaps (ISO 32000-2 §9.10.3) for two-byte codes.
enum ToUnicodeWriter {
    /// A section may have at most 100 entries.
    private static let mostEntries = 100

    /// - Parameter texts: of code 1 and on.
    static func map(_ texts: [String]) -> [UInt8] {
        var writer = ContentWriter()
        writer.line("/CIDInit /ProcSet findresource begin 12 dict begin begincmap")
        writer.line("/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def")
        writer.line("/CMapName /Adobe-Identity-UCS def /CMapType 2 def")
        writer.line("1 begincodespacerange <0000> <FFFF> endcodespacerange")
        for start in stride(from: 0, to: texts.count, by: mostEntries) {
            let section = texts[start..<min(start + mostEntries, texts.count)]
            writer.line("\(section.count) beginbfchar")
            for (offset, text) in section.enumerated() {
                writer.line(
                    "\(hexadecimal([UInt16(truncatingIfNeeded: start + offset + 1)])) \(hexadecimal(Array(text.utf16)))"
                )
            }
            writer.line("endbfchar")
        }
        writer.line("endcmap CMapName currentdict /CMap defineresource pop end end")
        return writer.bytes
    }

    private static func hexadecimal(_ units: [UInt16]) -> String {
        ContentWriter.hexadecimal(units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
    }
}
