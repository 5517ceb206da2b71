/// The size of a template's page and how its user units lie on it.
struct PageGeometry {
    /// Points.
    let width: Double
    let height: Double
    /// User units.
    let viewBox: (x: Double, y: Double, width: Double, height: Double)

    /// From the root's `width`, `height` and `viewBox`.
    init(of root: XMLElement) throws(XMLFault) {
        let width = try PageGeometry.length(of: root, "width")
        let height = try PageGeometry.length(of: root, "height")
        self.width = width * 0.75
        self.height = height * 0.75
        guard let box = root.attribute("viewBox") else {
            viewBox = (0, 0, width, height)
            return
        }
        guard let numbers = SVGNumber.list(box.value), numbers.count == 4, numbers[2] > 0, numbers[3] > 0 else {
            throw XMLFault(offset: box.offset, problem: "viewBox is not four numbers, the last two above 0")
        }
        viewBox = (numbers[0], numbers[1], numbers[2], numbers[3])
    }

    private static func length(of root: XMLElement, _ name: String) throws(XMLFault) -> Double {
        guard let attribute = root.attribute(name) else {
            throw XMLFault(
                offset: root.range.lowerBound,
                problem: "the page has no size; give <svg> a \(name), for example \"297mm\"")
        }
        // A2 and larger, and stamps, are not meant.
        guard let pixels = SVGNumber.length(attribute.value), (100...2400).contains(pixels) else {
            throw XMLFault(
                offset: attribute.offset,
                problem: "\(name) \"\(attribute.value)\" is no length between 100px and 2400px; for example \"297mm\"")
        }
        return pixels
    }

    /// User units, y down, to points, y up; fitted and centred like `preserveAspectRatio` xMidYMid.
    var toPage: SVGMatrix {
        let scale = min(width / viewBox.width, height / viewBox.height)
        let left = (width - scale * viewBox.width) / 2
        let top = (height - scale * viewBox.height) / 2
        return SVGMatrix(
            a: scale, d: -scale, e: left - scale * viewBox.x, f: height - top + scale * viewBox.y)
    }
}
