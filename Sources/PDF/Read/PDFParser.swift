/// A strict reader of PDF tokens and objects (ISO 32000-2 §7.2, §7.3) in a part of some bytes.
struct PDFParser {
    let bytes: [UInt8]
    var position: Int
    let end: Int
    /// Content streams have no references.
    let allowsReferences: Bool
    private let nesting: Int
    private let highestNumber: Int
    /// How many more values may be read.
    var valuesLeft: Int

    /// `end` beyond the bytes is cut to them.
    init(
        _ bytes: [UInt8], at position: Int = 0, end: Int = .max, limits: PDFLimits, valuesLeft: Int? = nil,
        allowsReferences: Bool = true
    ) {
        self.bytes = bytes
        self.end = min(end, bytes.count)
        self.position = min(max(position, 0), self.end)
        self.allowsReferences = allowsReferences
        (nesting, highestNumber) = (limits.nesting, limits.objectNumber)
        self.valuesLeft = valuesLeft ?? limits.values
    }

    var byte: UInt8? { position < end ? bytes[position] : nil }
    var nextByte: UInt8? { position + 1 < end ? bytes[position + 1] : nil }

    func fault(_ what: String) -> PDFFault { .malformed(what, offset: position) }

    /// Skips white space and comments.
    mutating func skipSpace() {
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "%") {
                while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else if PDFCharacter.isWhitespace(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    /// Whether `keyword` stands here as a whole token; steps over it if so.
    mutating func take(_ keyword: StaticString) -> Bool {
        let count = keyword.utf8CodeUnitCount
        guard end - position >= count else { return false }
        for (index, letter) in keyword.description.utf8.enumerated() where bytes[position + index] != letter {
            return false
        }
        if position + count < end, PDFCharacter.isRegular(bytes[position + count]) { return false }
        position += count
        return true
    }

    mutating func expect(_ keyword: StaticString) throws(PDFFault) {
        guard take(keyword) else { throw fault("\(keyword) expected") }
    }

    /// A number without sign, as in object headers and cross-reference tables.
    mutating func unsigned() throws(PDFFault) -> Int {
        guard case .integer(let value) = try number(), value >= 0 else { throw fault("number expected") }
        return value
    }

    /// One object that is no stream.
    mutating func object(depth: Int = 0) throws(PDFFault) -> PDFObject {
        skipSpace()
        guard depth <= nesting else { throw .limit("nesting of objects") }
        valuesLeft -= 1
        guard valuesLeft >= 0 else { throw .limit("values in objects") }
        switch byte {
        case nil: throw fault("object expected")
        case UInt8(ascii: "/"): return .name(try name())
        case UInt8(ascii: "("): return .string(try literalString())
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "<"):
            if nextByte == UInt8(ascii: "<") { return .dictionary(try dictionary(depth: depth)) }
            return .string(try hexadecimalString())
        case UInt8(ascii: "t") where take("true"): return .boolean(true)
        case UInt8(ascii: "f") where take("false"): return .boolean(false)
        case UInt8(ascii: "n") where take("null"): return .null
        default: return try numberOrReference()
        }
    }

    private mutating func array(depth: Int) throws(PDFFault) -> [PDFObject] {
        position += 1
        var values: [PDFObject] = []
        while true {
            skipSpace()
            if byte == UInt8(ascii: "]") { break }
            values.append(try object(depth: depth + 1))
        }
        position += 1
        return values
    }

    private mutating func dictionary(depth: Int) throws(PDFFault) -> PDFDictionary {
        var entries: PDFDictionary = [:]
        try eachEntry(depth: depth) { key, value, _ in entries[key] = value }
        return entries
    }

    /// Reads `<<…>>`, giving every key with its value and where the value's bytes stand. A key that occurs twice is a fault.
    mutating func eachEntry(
        depth: Int = 0, _ use: (String, PDFObject, Range<Int>) -> Void
    ) throws(PDFFault) {
        guard byte == UInt8(ascii: "<"), nextByte == UInt8(ascii: "<") else { throw fault("dictionary expected") }
        position += 2
        var seen: Set<String> = []
        while true {
            skipSpace()
            if byte == UInt8(ascii: ">"), nextByte == UInt8(ascii: ">") { break }
            guard byte == UInt8(ascii: "/") else { throw fault("key expected") }
            let key = try name()
            guard seen.insert(key).inserted else { throw fault("a key occurs twice in a dictionary") }
            skipSpace()
            let start = position
            let value = try object(depth: depth + 1)
            use(key, value, start..<position)
        }
        position += 2
    }

    private mutating func numberOrReference() throws(PDFFault) -> PDFObject {
        let first = try number()
        guard allowsReferences, case .integer(let number) = first, number > 0, number <= highestNumber else {
            return first
        }
        let back = position
        skipSpace()
        guard let digit = byte, PDFCharacter.isDigit(digit), case .integer(let generation) = try self.number(),
            generation <= 65_535
        else {
            position = back
            return first
        }
        skipSpace()
        guard take("R") else {
            position = back
            return first
        }
        return .reference(PDFReference(number: number, generation: generation))
    }
}
