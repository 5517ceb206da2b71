/// Tokens of a content stream or a CMap (ISO 32000-2 §7.8.2, §9.7.5).
struct ContentTokens {
    enum Token {
        case operand(PDFObject)
        case `operator`(String)
    }

    private var parser: PDFParser

    init(_ bytes: [UInt8], limits: PDFLimits) {
        parser = PDFParser(bytes, limits: limits, allowsReferences: false)
    }

    /// `nil` at the end.
    mutating func next() throws(PDFFault) -> Token? {
        parser.skipSpace()
        guard let byte = parser.byte else { return nil }
        let isWord = PDFCharacter.isRegular(byte) && !PDFCharacter.isDigit(byte)
        let isNumber = [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
        guard isWord, !isNumber else { return .operand(try parser.object()) }
        let start = parser.position
        while let byte = parser.byte, PDFCharacter.isRegular(byte) { parser.position += 1 }
        let word = String(decoding: parser.bytes[start..<parser.position], as: UTF8.self)
        switch word {
        case "true": return .operand(.boolean(true))
        case "false": return .operand(.boolean(false))
        case "null": return .operand(.null)
        default: return .operator(word)
        }
    }
}
