/// Why a text is not JSON that Chancery accepts.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    /// Byte offset from 0.
    package let offset: Int

    package var description: String { "\(reason) at byte \(offset)" }
}

/// A strict RFC 8259 reader: UTF-8 only, a name twice in an object is a fault, and depth is bounded.
package struct JSONReader {
    /// For so many there is room at once in the outermost object: a token's claims.
    private static let members = 12

    private let bytes: [UInt8]
    private var index = 0
    private let maximumDepth: Int

    /// Reads all of `bytes` as one JSON text nested at most `maximumDepth` deep.
    package static func read(_ bytes: [UInt8], maximumDepth: Int = 32) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes, maximumDepth: maximumDepth)
        guard isASCII(bytes) || String(validating: bytes, as: UTF8.self) != nil else {
            throw JSONFault(reason: "not UTF-8", offset: 0)
        }
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.fault("text after the end of the value") }
        return value
    }

    package static func read(_ text: String, maximumDepth: Int = 32) throws(JSONFault) -> JSONValue {
        try read(Array(text.utf8), maximumDepth: maximumDepth)
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private static func isASCII(_ bytes: [UInt8]) -> Bool {
        !ByteScan.contains(in: bytes[...]) { $0 .>= .init(repeating: 0x80) }
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: index) }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func expect(_ character: UInt8) throws(JSONFault) {
        guard current == character else {
            throw fault("expected '\(Character(UnicodeScalar(character)))'")
        }
        index += 1
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= maximumDepth else { throw fault("nested more than \(maximumDepth) deep") }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends too early")
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for character in word.utf8 { try expect(character) }
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONObject {
        var object = JSONObject()
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return object
        }
        if depth == 0 { object.reserveCapacity(JSONReader.members) }
        while true {
            skipSpace()
            let name = try string()
            guard object[name] == nil else { throw fault("the name stands twice in one object") }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            object.append(new: name, try value(depth: depth + 1))
            skipSpace()
            if current == UInt8(ascii: ",") { index += 1 } else { break }
        }
        try expect(UInt8(ascii: "}"))
        return object
    }

    private mutating func array(depth: Int) throws(JSONFault) -> [JSONValue] {
        var values: [JSONValue] = []
        try expect(UInt8(ascii: "["))
        skipSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return values
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if current == UInt8(ascii: ",") { index += 1 } else { break }
        }
        try expect(UInt8(ascii: "]"))
        return values
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        guard index > start else { throw fault("expected a digit") }
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func string() throws(JSONFault) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        skipPlain()
        // Most strings have no escape and are taken as they stand.
        if current == UInt8(ascii: "\"") {
            index += 1
            return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<0x20: throw fault("a control character inside a string")
            default: text.append(byte)
            }
        }
        throw fault("a string without its end")
    }

    /// Goes on to the end of a string, an escape, or what may not stand there.
    private mutating func skipPlain() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return }
            index += 1
        }
    }

    private mutating func escape() throws(JSONFault) -> UnicodeScalar {
        guard let byte = current else { throw fault("the text ends too early") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UnicodeScalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if let scalar = UnicodeScalar(first) { return scalar }
            guard (0xD800...0xDBFF).contains(first) else { throw fault("a lone surrogate") }
            try expect(UInt8(ascii: "\\"))
            try expect(UInt8(ascii: "u"))
            let second = try codeUnit()
            guard (0xDC00...0xDFFF).contains(second),
                let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw fault("a lone surrogate") }
            return scalar
        default: throw fault("an unknown escape")
        }
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Hexadecimal.value(byte) else { throw fault("expected 4 hex digits") }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
