/// Reads DER values (X.690 §10.1) one after another: definite, shortest lengths under 64 KiB only.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next value; `nil` when it has another tag or is malformed.
    mutating func content(of tag: DERTag) -> ArraySlice<UInt8>? {
        guard rest.popFirst() == tag.rawValue, let first = rest.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let digits = Int(first) - 0x80
            guard (1...2).contains(digits), rest.count >= digits else { return nil }
            length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits)
            guard length >= (digits == 1 ? 0x80 : 0x100) else { return nil }
        }
        guard length <= rest.count else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// An INTEGER that is not negative, without the sign byte; empty for zero.
    mutating func unsignedInteger() -> ArraySlice<UInt8>? {
        guard let content = content(of: .integer), let first = content.first, first < 0x80 else { return nil }
        guard first == 0 else { return content }
        let number = content.dropFirst()
        // A sign byte only where the number needs one, or two encodings would name one signature.
        if let second = number.first, second < 0x80 { return nil }
        return number
    }
}
