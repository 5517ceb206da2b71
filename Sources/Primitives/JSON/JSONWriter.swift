extension JSONValue {
    /// The compact UTF-8 text in member order: what is signed, stored and sent.
    package var compactBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        write(to: &bytes, indent: nil)
        return bytes
    }

    /// `compactBytes` as text.
    package var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

    /// Two-space indented text for people.
    package var prettyText: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], indent: Int?) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let digits): bytes += digits.utf8
        case .string(let string): JSONValue.write(string, to: &bytes)
        case .array(let values):
            JSONValue.writeGroup(values, "[", "]", to: &bytes, indent: indent) { value, bytes, inner in
                value.write(to: &bytes, indent: inner)
            }
        case .object(let object):
            JSONValue.writeGroup(object.inOrder, "{", "}", to: &bytes, indent: indent) { member, bytes, inner in
                JSONValue.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                if inner != nil { bytes.append(UInt8(ascii: " ")) }
                member.value.write(to: &bytes, indent: inner)
            }
        }
    }

    private static func writeGroup<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8], indent: Int?,
        element write: (Element, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        let inner = indent.map { $0 + 1 }
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            if let inner { breakLine(&bytes, inner) }
            write(element, &bytes, inner)
        }
        if let indent, !elements.isEmpty { breakLine(&bytes, indent) }
        bytes.append(UInt8(ascii: close))
    }

    private static func breakLine(_ bytes: inout [UInt8], _ indent: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * indent)
    }

    private static func write(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        // Nearly every text is plain, and is copied whole.
        if string.utf8.allSatisfy(isPlain) {
            bytes += string.utf8
        } else {
            for byte in string.utf8 { writeEscaped(byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Control characters, quotation mark and reverse solidus are below 0x80, so each byte can be looked at alone.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func writeEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case _ where isPlain(byte): bytes.append(byte)
        default: bytes += ("\\u00" + Hexadecimal.encode([byte])).utf8
        }
    }
}
