/// Writes JSON text as bytes, without space between them: what is signed and stored.
package struct JSONWriter: ~Copyable {
    /// `{` and `}`, as numbers: what reads this file by its braces would count them.
    private static let (opening, closing): (UInt8, UInt8) = (0x7B, 0x7D)

    private var text: ByteText

    /// - Parameter capacity: bytes to make room for at once; without it room for a token's claims: to grow into it costs more
    ///   than to have it, and so does a block of more than 1,032 bytes, which glibc keeps in no thread's cache.
    package init(capacity: Int = 960) {
        text = ByteText(capacity: capacity)
    }

    package var bytes: [UInt8] { text.bytes }

    /// Text that is JSON already.
    package mutating func raw(_ text: String) {
        self.text.append(text)
    }

    /// Begins an object; its members follow by `name` and a value each.
    package mutating func openObject() {
        text.append(JSONWriter.opening)
    }

    package mutating func closeObject() {
        text.append(JSONWriter.closing)
    }

    /// The name of the next member; its value must be written next.
    package mutating func name(_ name: String) {
        // No value ends with this byte, as strings end with a quotation mark.
        if text.last != JSONWriter.opening { text.append(UInt8(ascii: ",")) }
        string(name)
        text.append(UInt8(ascii: ":"))
    }

    package mutating func member(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .number(let digits): raw(digits)
        case .string(let text): string(text)
        case .array(let values):
            text.append(UInt8(ascii: "["))
            for (position, value) in values.enumerated() {
                if position > 0 { text.append(UInt8(ascii: ",")) }
                self.value(value)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let object):
            openObject()
            for member in object.members {
                name(member.name)
                self.value(member.value)
            }
            closeObject()
        }
    }

    package mutating func string(_ string: String) {
        text.append(UInt8(ascii: "\""))
        unsafe string.withBytes { characters in
            if unsafe JSONWriter.isPlain(characters) {
                unsafe text.append(characters)
            } else {
                unsafe characters.forEach { escaped($0) }
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Bytes of 0x80 and more are parts of longer characters, which all stand for themselves.
    private static func isPlain(_ characters: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe !ByteScan.contains(in: UnsafeRawBufferPointer(characters)) { block in
            (block .< .init(repeating: 0x20)) .| (block .== .init(repeating: UInt8(ascii: "\"")))
                .| (block .== .init(repeating: UInt8(ascii: "\\"))) .| (block .== .init(repeating: 0x7F))
        }
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\n"): raw("\\n")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\t"): raw("\\t")
        case 0..<0x20, 0x7F: raw("\\u00" + Hexadecimal.encode([byte]))
        default: text.append(byte)
        }
    }
}
