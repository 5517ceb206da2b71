extension String {
    /// What stands between single spaces, byte by byte, as scopes and header fields are written; empty ones are left out.
    /// By characters, as `split` goes, would look at every cluster of code points.
    package var words: [String] {
        let (bytes, space) = (Array(utf8), UInt8(ascii: " "))
        var words: [String] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: space) ?? bytes.count
            if end > start { words.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
            start = end + 1
        }
        return words
    }
}
