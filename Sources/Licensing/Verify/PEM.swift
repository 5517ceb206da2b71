import Primitives

/// Textual encodings (RFC 7468), several in one file; text around them is allowed, as other tools write it.
enum PEM {
    private static let maximumBlocks = 10_000

    static func isPEM(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(1 << 16), as: UTF8.self).contains("-----BEGIN ")
    }

    /// Label and content of every block, in order.
    /// - Throws: when a block does not end, is empty or holds no base 64.
    static func blocks(in bytes: [UInt8]) throws(MaterialFault) -> [(label: String, der: [UInt8])] {
        var blocks: [(label: String, der: [UInt8])] = []
        var open: (label: String, text: String)?
        for line in bytes.split(separator: 0x0A) {
            let line = String(decoding: line.filter { $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
            if let current = open {
                guard line.hasPrefix("-----") else {
                    open?.text += line
                    continue
                }
                guard line == "-----END\(current.label)-----", let der = Base64.decode(current.text), !der.isEmpty
                else { throw MaterialFault("a PEM block does not end, is empty or holds no base 64") }
                blocks.append((current.label, der))
                open = nil
                guard blocks.count <= maximumBlocks else { throw MaterialFault("too many PEM blocks") }
            } else if line.hasPrefix("-----BEGIN"), line.hasSuffix("-----") {
                open = (String(line.dropFirst(10).dropLast(5)), "")
            }
        }
        guard open == nil else { throw MaterialFault("a PEM block does not end") }
        return blocks
    }
}
