import CQRencode

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

    /// Fills `box`, quiet zone included; a box that is no square leaves room on two sides.
    func draw(in box: BoxPlacement, on writer: inout ContentWriter) {
        let modules = Double(size + 2 * QRSymbol.quietZone)
        let side = min(box.width, box.height)
        let quiet = Double(QRSymbol.quietZone) * side / modules
        let corner = SVGMatrix.translation(
            box.x + (box.width - side) / 2 + quiet, box.y + (box.height - side) / 2 + quiet)
        let place = SVGMatrix.scale(side / modules, side / modules).followed(by: corner).followed(by: box.matrix)
        writer.line("q \(ContentWriter.text(box.color)) rg \(ContentWriter.text(place)) cm")
        // A row after another under a moved origin: the same numbers again and again pack well. Rows overlap by a
        // hair, or viewers show seams between them.
        for y in 0..<size {
            let runs = runs(y)
            for run in runs { writer.rectangle(x: run.lowerBound, width: run.count, height: "1.04") }
            writer.line("\(runs.isEmpty ? "" : "f ")1 0 0 1 0 1 cm")
        }
        writer.line("Q")
    }

    /// The dark stretches of a row.
    private func runs(_ y: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for x in 0..<size where isDark(x, y) {
            if let last = runs.last, last.upperBound == x {
                runs[runs.count - 1] = last.lowerBound..<x + 1
            } else {
                runs.append(x..<x + 1)
            }
        }
        return runs
    }
}
