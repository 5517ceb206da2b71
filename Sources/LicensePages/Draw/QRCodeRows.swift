/// QR codes for other pages than licenses.
package enum QRCodeRows {
    /// The modules of a code for `text`, row by row, `true` for dark, without the light border; `nil` when it is too long.
    package static func rows(_ text: String) -> [[Bool]]? {
        guard let symbol = QRSymbol(text) else { return nil }
        return (0..<symbol.size).map { y in (0..<symbol.size).map { x in symbol.isDark(x, y) } }
    }
}
