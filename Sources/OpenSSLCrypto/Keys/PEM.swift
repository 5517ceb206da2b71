import Primitives

/// Textual encoding of DER (RFC 7468), read strictly.
struct PEM: Hashable, Sendable {
    /// For example `CERTIFICATE`.
    let label: String
    let bytes: [UInt8]

    private static let dashes = "-----"

    /// Lines of 64 characters, each with its line break.
    var text: String {
        let body = Array(Base64.encode(bytes))
        let lines = stride(from: 0, to: body.count, by: 64).map { String(body[$0..<min($0 + 64, body.count)]) + "\n" }
        return "-----BEGIN \(label)-----\n\(lines.joined())-----END \(label)-----\n"
    }

    /// Every block of `text`, in order; what stands between blocks is ignored (RFC 7468 §5.2).
    /// `nil` when a block does not end, or its inside is anything but base 64.
    static func blocks(in text: [UInt8]) -> [PEM]? {
        var blocks: [PEM] = []
        var open: (label: String, body: String)?
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = String(decoding: line, as: UTF8.self)
            if let (label, body) = open {
                if line == "-----END \(label)-----" {
                    guard let bytes = Base64.decode(body) else { return nil }
                    blocks.append(PEM(label: label, bytes: bytes))
                    open = nil
                } else {
                    guard line.utf8.count <= 76, !line.hasPrefix(dashes) else { return nil }
                    open = (label, body + line)
                }
            } else if line.hasPrefix("-----BEGIN "), line.hasSuffix(dashes), line.utf8.count > 16 {
                open = (String(line.dropFirst(11).dropLast(5)), "")
            }
        }
        return open == nil ? blocks : nil
    }

    /// The bytes of the only block, when there is exactly one and it is a `label`.
    static func single(_ label: String, in text: [UInt8]) -> [UInt8]? {
        guard let blocks = blocks(in: text), blocks.count == 1, blocks[0].label == label else { return nil }
        return blocks[0].bytes
    }
}
