/// Copies a Type 2 charstring (Adobe Technical Note 5177) without its subroutine calls and hints.
///
/// Every glyph then stands alone, and a subset needs neither the font's subroutines nor a search for those in use.
struct GlyphProgram {
    private static let longest = 1 << 16
    private static let deepestCall = 10

    private let font: CFFFont
    private let part: CFFFont.Part
    private var output: [UInt8] = []
    /// Operands on the stack as they are encoded, and where each begins.
    private var operands: [UInt8] = []
    private var starts: [Int] = []
    private var lastValue = 0
    private var stems = 0
    /// The width stands before the first operator that clears the stack.
    private var isFirst = true
    private var width: [UInt8] = []
    private var steps = 0

    /// The flat program of `glyph`.
    static func flat(_ glyph: Int, of font: CFFFont) throws(FontFault) -> [UInt8] {
        var program = GlyphProgram(font: font, part: font.parts[try font.part(of: glyph)])
        guard try program.run(try font.charStrings.bytes(glyph), depth: 0) else { throw FontFault("glyph without end") }
        return program.output
    }

    private init(font: CFFFont, part: CFFFont.Part) {
        (self.font, self.part) = (font, part)
    }

    /// Whether `endchar` was met.
    private mutating func run(_ code: [UInt8], depth: Int) throws(FontFault) -> Bool {
        guard depth <= GlyphProgram.deepestCall else { throw FontFault("subroutines nest too deep") }
        var position = 0
        while position < code.count {
            steps += 1
            guard steps < GlyphProgram.longest else { throw FontFault("glyph too long") }
            let byte = code[position]
            if byte >= 32 || byte == 28 {
                position = try push(code, at: position)
                continue
            }
            position += 1
            switch byte {
            case 10, 29:
                if try call(byte == 10 ? part.subroutines : font.globalSubroutines, depth: depth) { return true }
            case 11: return false
            case 14:
                guard starts.count <= 1 else { throw FontFault("composed glyph") }
                emit([14])
                return true
            case 19, 20:
                dropHints()
                position += (stems + 7) / 8
            case 12:
                guard position < code.count, (34...37).contains(code[position]) else {
                    throw FontFault("glyph arithmetic")
                }
                emit([12, code[position]])
                position += 1
            default: try perform(byte)
            }
        }
        return false
    }

    private mutating func perform(_ byte: UInt8) throws(FontFault) {
        switch byte {
        case 1, 3, 18, 23: dropHints()
        case 4, 21, 22, 5...8, 24...27, 30, 31: emit([byte])
        default: throw FontFault("unknown glyph operator")
        }
    }

    /// Puts the number at `position` on the stack; gives the position after it.
    private mutating func push(_ code: [UInt8], at position: Int) throws(FontFault) -> Int {
        let first = code[position]
        let length = first == 28 ? 3 : (first == 255 ? 5 : (first >= 247 ? 2 : 1))
        guard code.count - position >= length, starts.count < 513 else { throw FontFault("operands of a glyph") }
        starts.append(operands.count)
        operands.append(first)
        if length == 1 {
            lastValue = Int(first) - 139
            return position + 1
        }
        for index in 1..<length { operands.append(code[position + index]) }
        let second = Int(code[position + 1])
        switch first {
        case 28: lastValue = Int(Int16(truncatingIfNeeded: second << 8 | Int(code[position + 2])))
        case 255: lastValue = Int.max  // a fraction calls no subroutine
        case 247...250: lastValue = (Int(first) - 247) * 256 + second + 108
        default: lastValue = -(Int(first) - 251) * 256 - second - 108
        }
        return position + length
    }

    private mutating func call(_ subroutines: CFFIndex?, depth: Int) throws(FontFault) -> Bool {
        guard let subroutines, let start = starts.popLast(), lastValue != Int.max else {
            throw FontFault("call without subroutine")
        }
        operands.removeSubrange(start...)
        let bias = subroutines.count < 1240 ? 107 : (subroutines.count < 33_900 ? 1131 : 32_768)
        return try run(try subroutines.bytes(lastValue + bias), depth: depth + 1)
    }

    /// Counts stem hints, two operands each. A width before them goes to the next operator, the first that is kept.
    private mutating func dropHints() {
        stems += starts.count / 2
        if isFirst, !starts.count.isMultiple(of: 2) {
            width = Array(operands[..<(starts.count > 1 ? starts[1] : operands.count)])
        }
        clear()
    }

    private mutating func emit(_ operation: [UInt8]) {
        output += width
        output += operands
        output += operation
        width = []
        clear()
    }

    private mutating func clear() {
        operands.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        isFirst = false
    }
}
