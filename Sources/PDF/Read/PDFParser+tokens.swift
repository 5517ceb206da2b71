import Primitives

extension PDFParser {
    /// An integer or real (§7.3.3): sign, digits, one point, no exponent.
    mutating func number() throws(PDFFault) -> PDFObject {
        let start = position
        var isNegative = false
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
            isNegative = byte == UInt8(ascii: "-")
            position += 1
        }
        let whole = digits()
        var fraction: Range<Int>?
        if byte == UInt8(ascii: ".") {
            position += 1
            fraction = digits()
        }
        let isEnded = byte.map { !PDFCharacter.isRegular($0) } ?? true
        guard isEnded, !whole.isEmpty || !(fraction ?? 0..<0).isEmpty, position - start <= 512 else {
            position = start
            throw fault("number or keyword not understood")
        }
        guard let fraction else {
            var value = 0
            for index in whole {
                let (product, over) = value.multipliedReportingOverflow(by: 10)
                let (sum, past) = product.addingReportingOverflow(Int(bytes[index] - 0x30))
                guard !over, !past else { throw fault("integer out of range") }
                value = sum
            }
            return .integer(isNegative ? -value : value)
        }
        // Spelled out, so that `.5` and `4.` need no leniency of the number reader.
        let text =
            (isNegative ? "-0" : "0") + String(decoding: bytes[whole], as: UTF8.self) + "."
            + String(decoding: bytes[fraction], as: UTF8.self) + "0"
        guard let value = Double(text), value.isFinite else { throw fault("number out of range") }
        return .real(value)
    }

    private mutating func digits() -> Range<Int> {
        let start = position
        while position < end, PDFCharacter.isDigit(bytes[position]) { position += 1 }
        return start..<position
    }

    /// A name (§7.3.5), the position at its slash.
    mutating func name() throws(PDFFault) -> String {
        position += 1
        let start = position
        var isPlain = true
        while position < end, PDFCharacter.isRegular(bytes[position]) {
            if bytes[position] == UInt8(ascii: "#") || bytes[position] > 0x7E { isPlain = false }
            position += 1
        }
        let raw = bytes[start..<position]
        if isPlain { return String(decoding: raw, as: UTF8.self) }
        var name = String.UnicodeScalarView()
        var index = raw.startIndex
        while index < raw.endIndex {
            var byte = raw[index]
            index += 1
            if byte == UInt8(ascii: "#") {
                guard raw.endIndex - index >= 2, let high = Hexadecimal.value(raw[index]),
                    let low = Hexadecimal.value(raw[index + 1]), high | low != 0
                else { throw fault("escape in a name") }
                byte = high << 4 | low
                index += 2
            }
            name.append(Unicode.Scalar(byte))
        }
        return String(name)
    }

    /// `<…>` (§7.3.4.3); a missing last digit is 0.
    mutating func hexadecimalString() throws(PDFFault) -> [UInt8] {
        position += 1
        var string: [UInt8] = []
        var high: UInt8?
        while let byte {
            position += 1
            if byte == UInt8(ascii: ">") {
                if let high { string.append(high << 4) }
                return string
            }
            if PDFCharacter.isWhitespace(byte) { continue }
            guard let digit = Hexadecimal.value(byte) else { throw fault("digit of a hexadecimal string") }
            if let first = high {
                string.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        throw fault("hexadecimal string without end")
    }

    /// `(…)` with balanced parentheses and escapes (§7.3.4.2).
    mutating func literalString() throws(PDFFault) -> [UInt8] {
        position += 1
        var string: [UInt8] = []
        var open = 1
        while let byte {
            position += 1
            switch byte {
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                open -= 1
                if open == 0 { return string }
            case UInt8(ascii: "\\"):
                if let escaped = try escape() { string.append(escaped) }
                continue
            case 0x0D:
                // Every end of line inside a string reads as one line feed.
                if self.byte == 0x0A { position += 1 }
                string.append(0x0A)
                continue
            default: break
            }
            string.append(byte)
        }
        throw fault("string without end")
    }

    /// What follows a backslash; `nil` for a line continued.
    private mutating func escape() throws(PDFFault) -> UInt8? {
        guard let byte else { throw fault("string without end") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case 0x0D:
            if self.byte == 0x0A { position += 1 }
            return nil
        case 0x0A: return nil
        case 0x30...0x37:
            var value = Int(byte - 0x30)
            for _ in 0..<2 {
                guard let digit = self.byte, (0x30...0x37).contains(digit) else { break }
                value = value * 8 + Int(digit - 0x30)
                position += 1
            }
            return UInt8(truncatingIfNeeded: value)
        default: return byte
        }
    }
}
