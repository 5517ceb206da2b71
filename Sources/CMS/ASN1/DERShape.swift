/// The outer form of DER (X.690 §10.1): looked at before anything is built from bytes from outside.
struct DERShape {
    /// A token inside a signature inside an archive reaches 20.
    static let maximumDepth = 32
    /// A certificate has about 150; each costs a parser a hundred bytes.
    static let maximumValues = 100_000

    private let bytes: [UInt8]

    /// Refuses what is not exactly one value with definite, shortest lengths, within the bounds above.
    static func check(_ bytes: [UInt8], maximumLength: Int) throws(CMSFault) {
        guard bytes.count <= maximumLength else { throw .unsupported("more than \(maximumLength) bytes") }
        try DERShape(bytes: bytes).check()
    }

    private struct Header {
        let isConstructed: Bool
        /// Where the content begins.
        let content: Int
        let end: Int
    }

    private func check() throws(CMSFault) {
        guard try header(at: 0, end: bytes.count).end == bytes.count else {
            throw .malformed("bytes after the end of the value")
        }
        var index = 0
        var count = 0
        var ends = [bytes.count]
        while let end = ends.last {
            if index == end {
                ends.removeLast()
                continue
            }
            let value = try header(at: index, end: end)
            count += 1
            guard count <= DERShape.maximumValues else {
                throw .unsupported("more than \(DERShape.maximumValues) values")
            }
            if value.isConstructed {
                guard ends.count <= DERShape.maximumDepth else {
                    throw .unsupported("nested more than \(DERShape.maximumDepth) deep")
                }
                ends.append(value.end)
                index = value.content
            } else {
                index = value.end
            }
        }
    }

    private func header(at start: Int, end: Int) throws(CMSFault) -> Header {
        guard end - start >= 2 else { throw .malformed("the value ends too early") }
        let isConstructed = try DERShape.isConstructed(tag: bytes[start])
        let (content, length) = try length(at: start + 1, end: end)
        guard length <= end - content else { throw .malformed("a value is longer than what holds it") }
        return Header(isConstructed: isConstructed, content: content, end: content + length)
    }

    private static func isConstructed(tag: UInt8) throws(CMSFault) -> Bool {
        let number = tag & 0x1F
        let isConstructed = tag & 0x20 != 0
        guard number != 0x1F else { throw .unsupported("a tag number above 30") }
        guard tag & 0xC0 == 0 else { return isConstructed }
        guard number != 0 else { throw .malformed("a value without a type") }
        // X.690 §10.2: strings in one piece. SEQUENCE, SET and EXTERNAL are never in one.
        guard isConstructed == [0x08, 0x10, 0x11].contains(number) else { throw .malformed("a value in pieces") }
        return isConstructed
    }

    /// Where the content begins, and its length.
    private func length(at start: Int, end: Int) throws(CMSFault) -> (content: Int, length: Int) {
        let first = Int(bytes[start])
        if first < 0x80 { return (start + 1, first) }
        let digits = first - 0x80
        guard digits > 0 else { throw .malformed("an indefinite length") }
        let content = start + 1 + digits
        guard digits <= 4, content <= end else { throw .malformed("the value ends too early") }
        let length = bytes[(start + 1)..<content].reduce(0) { $0 << 8 | Int($1) }
        guard length >= 0x80, length >> (8 * (digits - 1)) > 0 else {
            throw .malformed("a length that is not shortest")
        }
        return (content, length)
    }
}
