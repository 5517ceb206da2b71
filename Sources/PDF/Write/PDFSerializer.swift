/// Objects as bytes (ISO 32000-2 §7.3). Equal objects give equal bytes.
enum PDFSerializer {
    static func append(_ object: PDFObject, to bytes: inout [UInt8]) {
        switch object {
        case .null: bytes += Array("null".utf8)
        case .boolean(let value): bytes += Array((value ? "true" : "false").utf8)
        case .integer(let value): bytes += Array(String(value).utf8)
        case .real(let value): bytes += Array(text(of: value).utf8)
        case .name(let value): appendName(value, to: &bytes)
        case .string(let value): appendString(value, to: &bytes)
        case .array(let values): appendArray(values, to: &bytes)
        case .dictionary(let entries): appendDictionary(entries, to: &bytes)
        case .stream(let stream): appendStream(stream, to: &bytes)
        case .reference(let value): bytes += Array("\(value.number) \(value.generation) R".utf8)
        }
    }

    static func appendName(_ name: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "/"))
        for byte in PDFCharacter.nameBytes(name) {
            if (0x21...0x7E).contains(byte), PDFCharacter.isRegular(byte), byte != UInt8(ascii: "#") {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "#"))
                appendHexadecimal(byte, to: &bytes)
            }
        }
    }

    static func appendHexadecimal(_ byte: UInt8, to bytes: inout [UInt8]) {
        for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x41 + digit - 10) }
    }

    private static func appendString(_ string: [UInt8], to bytes: inout [UInt8]) {
        guard string.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            bytes.append(UInt8(ascii: "<"))
            for byte in string { appendHexadecimal(byte, to: &bytes) }
            bytes.append(UInt8(ascii: ">"))
            return
        }
        bytes.append(UInt8(ascii: "("))
        for byte in string {
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: ")"))
    }

    private static func appendArray(_ values: [PDFObject], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(0x20) }
            append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func appendDictionary(_ entries: PDFDictionary, to bytes: inout [UInt8]) {
        bytes += Array("<<".utf8)
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
            appendName(key, to: &bytes)
            bytes.append(0x20)
            append(value, to: &bytes)
        }
        bytes += Array(">>".utf8)
    }

    private static func appendStream(_ stream: PDFStream, to bytes: inout [UInt8]) {
        var entries = stream.dictionary
        entries["Length"] = .integer(stream.encodedBytes.count)
        appendDictionary(entries, to: &bytes)
        bytes += Array("\nstream\n".utf8)
        bytes += stream.encodedBytes
        bytes += Array("\nendstream".utf8)
    }

    /// The shortest decimal that reads back as `value`, without an exponent, which PDF does not have.
    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "0.0" }
        let shortest = value.description
        guard let mark = shortest.firstIndex(of: "e"), let exponent = Int(shortest[shortest.index(after: mark)...])
        else {
            return shortest
        }
        let sign = value < 0 ? "-" : ""
        let mantissa = shortest[..<mark].drop { $0 == "-" }.split(separator: ".")
        let whole = mantissa.first.map(String.init) ?? "0"
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        if exponent < 0 {
            return "\(sign)0." + String(repeating: "0", count: -exponent - 1) + whole + fraction
        }
        return sign + whole + fraction + String(repeating: "0", count: max(0, exponent - fraction.count)) + ".0"
    }
}
