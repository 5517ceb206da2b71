extension String {
    /// What stands between single spaces, byte by byte, as scopes and header fields are written; empty ones are left out.
    /// By characters, as `split` goes, would look at every cluster of code points.
    package var words: [String] {
        utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }
}
