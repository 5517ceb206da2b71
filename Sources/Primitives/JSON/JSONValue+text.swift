extension JSONValue {
    /// The compact text in member order, as UTF-8: what is signed and stored.
    package var compactBytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The compact text in member order.
    package var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

    /// Two-space indented text for people.
    package var prettyText: String {
        var writer = JSONWriter()
        pretty(&writer, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func pretty(_ writer: inout JSONWriter, depth: Int) {
        switch self {
        case .array(let values) where !values.isEmpty:
            JSONValue.prettyGroup(values, "[", "]", &writer, depth) { value, writer in
                value.pretty(&writer, depth: depth + 1)
            }
        case .object(let object) where !object.isEmpty:
            JSONValue.prettyGroup(object.members, "{", "}", &writer, depth) { member, writer in
                writer.string(member.name)
                writer.raw(": ")
                member.value.pretty(&writer, depth: depth + 1)
            }
        default: writer.value(self)
        }
    }

    private static func prettyGroup<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ writer: inout JSONWriter, _ depth: Int,
        _ write: (Element, inout JSONWriter) -> Void
    ) {
        writer.raw(open)
        for (position, element) in elements.enumerated() {
            writer.raw((position > 0 ? ",\n" : "\n") + String(repeating: "  ", count: depth + 1))
            write(element, &writer)
        }
        writer.raw("\n" + String(repeating: "  ", count: depth) + close)
    }
}
