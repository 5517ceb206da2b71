/// How many more decoded bytes one operation may produce.
struct DecodingBudget {
    private(set) var left: Int

    init(_ limits: PDFLimits) {
        left = limits.decodedBytes
    }

    /// The bound for one step of decoding `count` bytes: legitimate text and tables stay far below 256 : 1.
    func limit(for count: Int) -> Int {
        min(left, (1 << 20) + min(count, 1 << 24) * 256)
    }

    mutating func spend(_ count: Int) throws(PDFFault) {
        guard count <= left else { throw .limit("decoded streams") }
        left -= count
    }
}
