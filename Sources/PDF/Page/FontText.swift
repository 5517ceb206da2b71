/// How a font's codes read as text (ISO 32000-2 §9.10).
struct FontText {
    /// 1 for simple fonts, 2 for composite fonts with an Identity encoding.
    let codeLength: Int
    private let map: [Int: String]?
    /// Simple fonts of the WinAnsi encoding need no map for Latin letters.
    private let isWinAnsi: Bool

    init(_ font: PDFDictionary, in file: PDFFile, budget: inout DecodingBudget) throws(PDFFault) {
        let encoding = file.resolve(font["Encoding"])
        if file.resolve(font["Subtype"]) == .name("Type0") {
            guard encoding == .name("Identity-H") || encoding == .name("Identity-V") else {
                throw .unsupported("encoding of a composite font")
            }
            codeLength = 2
        } else {
            codeLength = 1
        }
        isWinAnsi = codeLength == 1 && encoding == .name("WinAnsiEncoding")
        if case .stream(let stream) = file.resolve(font["ToUnicode"]) {
            let bytes = try file.decode(stream, &budget)
            map = try ToUnicodeMap(bytes, codeLength: codeLength, limits: file.limits).text
        } else {
            map = nil
        }
    }

    /// U+FFFD for codes without text, and for a last incomplete code.
    func text(of string: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: string.count, by: codeLength) {
            let bytes = string[start..<min(start + codeLength, string.count)]
            guard bytes.count == codeLength else { return text + "\u{FFFD}" }
            let code = bytes.reduce(0) { $0 << 8 | Int($1) }
            text += map?[code] ?? winAnsi(code) ?? "\u{FFFD}"
        }
        return text
    }

    private func winAnsi(_ code: Int) -> String? {
        guard isWinAnsi, (0x20...0x7E).contains(code) || (0xA1...0xFF).contains(code) else { return nil }
        return UInt8(exactly: code).map { String(Unicode.Scalar($0)) }
    }
}
