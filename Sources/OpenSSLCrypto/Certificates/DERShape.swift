/// The outer form of DER (X.690 §10.1): looked at before a parser in C sees bytes from outside.
enum DERShape {
    /// Whether `bytes` are exactly one value with definite, shortest lengths, nested at most `maximumDepth` deep.
    static func isSingleValue(_ bytes: [UInt8], maximumDepth: Int = 32) -> Bool {
        guard let first = header(bytes, at: 0, end: bytes.count), first.end == bytes.count else { return false }
        var index = 0
        var ends = [bytes.count]
        while let end = ends.last {
            if index == end {
                ends.removeLast()
                continue
            }
            guard let value = header(bytes, at: index, end: end) else { return false }
            if value.isConstructed {
                guard ends.count <= maximumDepth else { return false }
                ends.append(value.end)
                index = value.content
            } else {
                index = value.end
            }
        }
        return true
    }

    private struct Header {
        let isConstructed: Bool
        /// Where the content begins.
        let content: Int
        let end: Int
    }

    private static func header(_ bytes: [UInt8], at start: Int, end: Int) -> Header? {
        guard end - start >= 2 else { return nil }
        let tag = bytes[start]
        // X.509 has no tag numbers above 30.
        guard tag & 0x1F != 0x1F else { return nil }
        let isConstructed = tag & 0x20 != 0
        let first = Int(bytes[start + 1])
        if first < 0x80 {
            guard first <= end - start - 2 else { return nil }
            return Header(isConstructed: isConstructed, content: start + 2, end: start + 2 + first)
        }
        let digits = first - 0x80
        let content = start + 2 + digits
        guard (1...4).contains(digits), content <= end else { return nil }
        let length = bytes[(start + 2)..<content].reduce(0) { $0 << 8 | Int($1) }
        guard length >= 0x80, length >> (8 * (digits - 1)) > 0, length <= end - content else { return nil }
        return Header(isConstructed: isConstructed, content: content, end: content + length)
    }
}
