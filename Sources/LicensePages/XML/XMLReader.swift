/// Reads XML 1.0 strictly into elements: UTF-8, well-formed, no document type, no processing instructions, bounded.
struct XMLReader {
    static let mostBytes = 8 << 20
    private static let deepest = 64
    private static let mostElements = 50_000
    private static let mostAttributes = 100

    private let bytes: [UInt8]
    private var position = 0
    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var elements = 0

    /// The root element.
    static func read(_ bytes: [UInt8]) throws(XMLFault) -> XMLElement {
        guard bytes.count <= mostBytes else { throw XMLFault(offset: 0, problem: "longer than \(mostBytes) bytes") }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLFault(offset: 0, problem: "is not UTF-8; save it as UTF-8")
        }
        // XML 1.0 §2.2.
        if let place = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
            throw XMLFault(offset: place, problem: "a control character")
        }
        var reader = XMLReader(bytes: bytes)
        return try reader.document()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func document() throws(XMLFault) -> XMLElement {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if starts("<?xml ") { try declaration() }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<") { try markup() } else { try characterData() }
        }
        if let element = open.last { throw fault("<\(element.name)> is never closed", at: element.range.lowerBound) }
        guard let root else { throw fault("no element", at: 0) }
        return root
    }

    private mutating func declaration() throws(XMLFault) {
        let start = position
        let text = try content(until: "?>").lowercased()
        guard !text.contains("encoding") || text.contains("utf-8") else {
            throw fault("another encoding than UTF-8", at: start)
        }
    }

    private mutating func markup() throws(XMLFault) {
        if starts("<!--") {
            position += 4
            _ = try content(until: "-->")
        } else if starts("<![CDATA[") {
            position += 9
            try append(try content(until: "]]>"), at: position)
        } else if starts("<!") {
            throw fault("a document type or declaration; remove it", at: position)
        } else if starts("<?") {
            throw fault("a processing instruction; remove it", at: position)
        } else if starts("</") {
            try endTag()
        } else {
            try startTag()
        }
    }

    private mutating func startTag() throws(XMLFault) {
        let start = position
        position += 1
        let name = try self.name()
        guard root == nil else { throw fault("a second root element", at: start) }
        elements += 1
        guard elements <= XMLReader.mostElements, open.count < XMLReader.deepest else {
            throw fault(
                "more than \(XMLReader.mostElements) elements, or nested deeper than \(XMLReader.deepest)", at: start)
        }
        let attributes = try self.attributes()
        let isEmpty = starts("/>")
        position += isEmpty ? 2 : 1
        open.append(XMLElement(name: name, attributes: attributes, range: start..<position))
        if isEmpty { close() }
    }

    /// Leaves `position` at `>` or `/>`.
    private mutating func attributes() throws(XMLFault) -> [XMLElement.Attribute] {
        var attributes: [XMLElement.Attribute] = []
        while true {
            let before = position
            skipSpace()
            if starts(">") || starts("/>") { return attributes }
            let start = position
            guard start > before else { throw fault("white space is missing between attributes", at: start) }
            let name = try self.name()
            skipSpace()
            guard starts("=") else { throw fault("attribute \(name) has no value", at: start) }
            position += 1
            skipSpace()
            guard !attributes.contains(where: { $0.name == name }), attributes.count < XMLReader.mostAttributes else {
                throw fault("attribute \(name) is there twice, or too many attributes", at: start)
            }
            attributes.append(.init(name: name, value: try quoted(), offset: start))
        }
    }

    private mutating func quoted() throws(XMLFault) -> String {
        let start = position
        guard let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw fault("an attribute value without quotes", at: start)
        }
        position += 1
        guard let end = bytes[position...].firstIndex(of: quote) else {
            throw fault("a quote is never closed", at: start)
        }
        let raw = bytes[position..<end].map { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 ? 0x20 : $0 }
        guard !raw.contains(UInt8(ascii: "<")) else { throw fault("a < in an attribute value; write &lt;", at: start) }
        position = end + 1
        return try resolved(raw, at: start)
    }

    private mutating func endTag() throws(XMLFault) {
        let start = position
        position += 2
        let name = try self.name()
        skipSpace()
        guard starts(">") else { throw fault("the end tag of \(name) is not closed", at: start) }
        position += 1
        guard let last = open.last, last.name == name else {
            let expected = open.last.map { "</\($0.name)>" } ?? "nothing"
            throw fault("</\(name)> where \(expected) was expected", at: start)
        }
        close()
    }

    private mutating func close() {
        guard var element = open.popLast() else { return }
        element.range = element.range.lowerBound..<position
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    private mutating func characterData() throws(XMLFault) {
        let start = position
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        position = end
        try append(try resolved(Array(bytes[start..<end]), at: start), at: start)
    }

    private mutating func append(_ text: String, at offset: Int) throws(XMLFault) {
        guard !open.isEmpty else {
            guard text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) else {
                throw fault("text outside of the root element", at: offset)
            }
            return
        }
        open[open.count - 1].text += text
    }
}

extension XMLReader {
    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ problem: String, at offset: Int) -> XMLFault { XMLFault(offset: offset, problem: problem) }

    private func starts(_ text: StaticString) -> Bool {
        bytes[position...].starts(with: Array(text.description.utf8))
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func name() throws(XMLFault) -> String {
        let start = position
        while let byte, XMLReader.isNameByte(byte) { position += 1 }
        guard position > start, !(0x2D...0x39).contains(bytes[start]) else {
            throw fault("a name was expected", at: start)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x80...0xFF: true
        default: false
        }
    }

    /// Moves behind `end`.
    private mutating func content(until end: StaticString) throws(XMLFault) -> String {
        let start = position
        let mark = Array(end.description.utf8)
        while let next = bytes[position...].firstIndex(of: mark[0]) {
            if bytes[next...].starts(with: mark) {
                position = next + mark.count
                return String(decoding: bytes[start..<next], as: UTF8.self)
            }
            position = next + 1
        }
        throw fault("\(end) is missing", at: start)
    }

    /// Replaces character references (XML 1.0 §4.1); there are no other entities.
    private func resolved(_ raw: [UInt8], at offset: Int) throws(XMLFault) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        var text = ""
        var rest = raw[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += String(decoding: rest[..<mark], as: UTF8.self)
            guard let end = rest[mark...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                throw fault("an & that begins no reference; write &amp;", at: offset)
            }
            let name = String(decoding: rest[(mark + 1)..<end], as: UTF8.self)
            guard let scalar = XMLReader.scalar(named: name) else {
                throw fault("unknown entity &\(name);", at: offset)
            }
            text.unicodeScalars.append(scalar)
            rest = rest[(end + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    private static func scalar(named name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default:
            if name.hasPrefix("#x") {
                UInt32(name.dropFirst(2), radix: 16).flatMap {
                    $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 ? nil : Unicode.Scalar($0)
                }
            } else if name.hasPrefix("#") {
                UInt32(name.dropFirst()).flatMap {
                    $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 ? nil : Unicode.Scalar($0)
                }
            } else {
                nil
            }
        }
    }
}
