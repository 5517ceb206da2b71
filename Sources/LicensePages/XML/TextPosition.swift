/// Line and column of a byte in a text, as editors count them.
struct TextPosition {
    /// From 1.
    let line: Int
    /// In characters, from 1.
    let column: Int

    init(of offset: Int, in bytes: [UInt8]) {
        let before = bytes.prefix(max(0, offset))
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        line = 1 + before.count { $0 == 0x0A }
        // Continuation bytes of UTF-8 begin no character.
        column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    }
}
