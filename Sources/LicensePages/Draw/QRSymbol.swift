import CQRencode
import PDF

/// A QR code (ISO/IEC 18004), level M, as dark and light modules.
struct QRSymbol {
    /// Modules of the light border that readers need.
    static let quietZone = 4

    /// Modules of a side, without the border.
    let size: Int
    private let modules: [Bool]

    /// Splits `text` into modes as is shortest; `nil` when it is too long.
    init?(_ text: String) {
        guard text.utf8.count <= 2000, let code = unsafe QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            return nil
        }
        defer { unsafe QRcode_free(code) }
        size = unsafe Int(code.pointee.width)
        let count = size * size
        guard count > 0, let data = unsafe code.pointee.data else { return nil }
        modules = unsafe UnsafeBufferPointer(start: data, count: count).map { $0 & 1 == 1 }
    }

    /// Light outside of the symbol.
    func isDark(_ x: Int, _ y: Int) -> Bool {
        (0..<size).contains(x) && (0..<size).contains(y) && modules[y * size + x]
    }

    /// Modules of a side, border included.
    var sideWithBorder: Int { size + 2 * QRSymbol.quietZone }

    /// An image mask (ISO 32000-2 §8.9.6.2) of one sample for each module, border included: a third of the bytes of
    /// drawn squares, and no viewer shows seams in it. Rows begin at bytes; 1 paints.
    var samples: [UInt8] {
        let rowLength = (sideWithBorder + 7) / 8
        var samples = [UInt8](repeating: 0, count: rowLength * sideWithBorder)
        for y in 0..<size {
            for x in 0..<size where isDark(x, y) {
                let column = x + QRSymbol.quietZone
                samples[(y + QRSymbol.quietZone) * rowLength + column / 8] |= 0x80 >> (column % 8)
            }
        }
        return samples
    }

    /// The dictionary for `samples`.
    var dictionary: PDFDictionary {
        [
            "Type": .name("XObject"), "Subtype": .name("Image"), "ImageMask": .boolean(true),
            "Width": .integer(sideWithBorder), "Height": .integer(sideWithBorder), "BitsPerComponent": .integer(1),
            "Decode": .array([.integer(1), .integer(0)]),
        ]
    }
}
