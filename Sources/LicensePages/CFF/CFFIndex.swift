/// An INDEX of a CFF font (Adobe Technical Note 5176 §5): objects of varying length, found by number.
struct CFFIndex {
    let count: Int
    /// The first byte after it.
    let end: Int
    private let table: FontTable
    private let offsets: Int
    private let offsetSize: Int
    /// Offsets count from the byte before the first object.
    private let base: Int

    init(_ table: FontTable, at start: Int) throws(FontFault) {
        self.table = table
        count = try table.number(start, size: 2)
        offsets = start + 3
        guard count > 0 else {
            (end, offsetSize, base) = (start + 2, 1, start)
            return
        }
        offsetSize = try table.number(start + 2, size: 1)
        guard (1...4).contains(offsetSize) else { throw FontFault("offset size of an index") }
        base = offsets + (count + 1) * offsetSize - 1
        end = base + (try table.number(offsets + count * offsetSize, size: offsetSize))
    }

    func range(_ index: Int) throws(FontFault) -> Range<Int> {
        guard index >= 0, index < count else { throw FontFault("no such object in an index") }
        let start = base + (try table.number(offsets + index * offsetSize, size: offsetSize))
        let end = base + (try table.number(offsets + (index + 1) * offsetSize, size: offsetSize))
        guard start > base, start <= end, end <= table.count else { throw FontFault("offsets of an index") }
        return start..<end
    }

    func bytes(_ index: Int) throws(FontFault) -> [UInt8] { try table.bytes(try range(index)) }
}
