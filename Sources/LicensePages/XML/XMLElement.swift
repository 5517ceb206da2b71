/// An element of an XML document and where it stands in the bytes.
struct XMLElement {
    struct Attribute {
        /// As written, with its prefix.
        let name: String
        /// Character references resolved, line breaks and tabs as spaces.
        let value: String
        let offset: Int
    }

    /// As written, with its prefix.
    let name: String
    let attributes: [Attribute]
    /// From the `<` of the start tag to the end of the end tag.
    var range: Range<Int>
    var children: [XMLElement] = []
    /// Character data directly in this element.
    var text = ""

    /// The name without a prefix.
    var localName: Substring { XMLElement.localName(name) }

    func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

    subscript(name: String) -> String? { attribute(name)?.value }

    static func localName(_ name: String) -> Substring {
        name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
    }
}

/// Why bytes are no XML as it is taken here.
struct XMLFault: Error, Hashable {
    let offset: Int
    let problem: String
}
