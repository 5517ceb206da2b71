/// `ui_locales`: BCP 47 tags in the person's order.
package enum LanguageTags {
    /// At most ten tags; what cannot be one is left out.
    package static func read(_ text: String?) -> [String] {
        let tags = (text ?? "").utf8.prefix(400).split(separator: UInt8(ascii: " ")).filter { tag in
            tag.count <= 35
                && tag.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                    default: false
                    }
                }
        }
        return tags.prefix(10).map { String(decoding: $0, as: UTF8.self) }
    }
}
