/// Where and how a field's text is drawn. Lengths are user units of `matrix`.
struct TextPlacement {
    enum Fit: String {
        /// One line of one size.
        case none
        /// One line, smaller when it must be.
        case shrink
        /// Several lines, smaller when they must be.
        case wrap
    }

    enum Anchor: String {
        case start, middle, end
    }

    /// The `data-field`.
    let field: String
    let fit: Fit
    let anchor: Anchor
    let face: FaceStyle
    let size: Double
    let smallestSize: Double
    /// Added between characters at `size`; shrinks with it.
    let letterSpacing: Double
    /// A multiple of the size.
    let lineHeight: Double
    /// What a line may fill.
    let width: Double
    /// What the lines may fill, from the top of the first.
    let height: Double
    let color: SVGColor
    /// Of the anchor of the first baseline.
    let x: Double
    let y: Double
    /// To points of the page.
    let matrix: SVGMatrix
}

/// A rectangle for a photo or the QR code. Lengths are user units of `matrix`.
struct BoxPlacement {
    /// The name of the photo's field; `nil` for the QR code.
    let field: String?
    let x: Double
    let y: Double
    let width: Double
    let height: Double
    let color: SVGColor
    /// To points of the page.
    let matrix: SVGMatrix

    /// From the unit square of an image to the page: whole and centred, in its own proportions.
    func matrix(forImage size: (width: Int, height: Int)) -> SVGMatrix {
        let scale = min(width / Double(size.width), height / Double(size.height))
        let (shownWidth, shownHeight) = (Double(size.width) * scale, Double(size.height) * scale)
        let corner = SVGMatrix.translation(x + (width - shownWidth) / 2, y + (height + shownHeight) / 2)
        return SVGMatrix.scale(shownWidth, -shownHeight).followed(by: corner).followed(by: matrix)
    }
}
