/// Reads the attributes of one field's element.
struct TextAttributes {
    private let element: XMLElement
    /// Inkscape keeps a text's first line, with its place and style, in a tspan.
    private let line: XMLElement?
    private let style: SVGStyle

    init(_ element: XMLElement, style: SVGStyle) {
        self.element = element
        line = element.children.first { $0.localName == "tspan" }
        self.style = line.map { style.inside($0) } ?? style
    }

    /// `nil` when the attribute is not there.
    func number(_ name: String) throws(XMLFault) -> Double? {
        guard let attribute = element.attribute(name) else { return nil }
        guard let value = SVGNumber.length(attribute.value) else {
            throw XMLFault(offset: attribute.offset, problem: "\(name) \"\(attribute.value)\" is no number")
        }
        return value
    }

    private func positive(_ name: String, atMost limit: Double = 10_000) throws(XMLFault) -> Double? {
        guard let value = try number(name) else { return nil }
        guard value > 0, value <= limit else {
            throw XMLFault(
                offset: element.attribute(name)?.offset ?? 0, problem: "\(name) must be above 0 and at most \(limit)")
        }
        return value
    }

    /// The fill colour, black where there is none.
    var solidColor: SVGColor { style["fill"].flatMap { SVGColor($0) } ?? .black }

    func placement(
        field: String, geometry: PageGeometry, matrix: SVGMatrix
    ) throws(XMLFault) -> TextPlacement {
        let anchor = try choice("text-anchor", style["text-anchor"], TextPlacement.Anchor.start)
        let (x, y) = (try coordinate("x"), try coordinate("y"))
        let size = try size()
        let smallest = try positive("data-min-size", atMost: size) ?? size * 0.6
        let place = SVGMatrix.translation(x, y).followed(by: matrix)
        return TextPlacement(
            field: field, fit: try choice("data-fit", element["data-fit"], TextPlacement.Fit.none), anchor: anchor,
            face: try face(), size: size, smallestSize: smallest, letterSpacing: try letterSpacing(),
            lineHeight: try lineHeight(),
            width: try positive("data-width") ?? TextAttributes.room(at: place, anchor, in: geometry),
            height: try positive("data-height")
                ?? max(size, geometry.viewBox.y + geometry.viewBox.height - place.f + size),
            color: try color(), x: x, y: y, matrix: matrix.followed(by: geometry.toPage))
    }

    /// From the anchor to the nearer edge of the page.
    private static func room(at place: SVGMatrix, _ anchor: TextPlacement.Anchor, in geometry: PageGeometry) -> Double {
        let left = place.e - geometry.viewBox.x
        let right = geometry.viewBox.width - left
        return switch anchor {
        case .start: max(right, 1)
        case .middle: max(2 * min(left, right), 1)
        case .end: max(left, 1)
        }
    }

    private func choice<Choice: RawRepresentable<String>>(
        _ name: String, _ text: String?, _ standard: Choice
    ) throws(XMLFault) -> Choice {
        guard let text else { return standard }
        guard let choice = Choice(rawValue: text) else {
            let known = standard is TextPlacement.Fit ? "shrink or wrap" : "start, middle or end"
            throw fault(name, "\(name) \"\(text)\" is not \(known)")
        }
        return choice
    }

    private func coordinate(_ name: String) throws(XMLFault) -> Double {
        let attribute = element.attribute(name) ?? line?.attribute(name)
        guard let attribute else { throw fault(name, "\(name) is missing") }
        guard let value = SVGNumber.length(attribute.value) else {
            throw XMLFault(offset: attribute.offset, problem: "\(name) \"\(attribute.value)\" is not one number")
        }
        return value
    }

    private func size() throws(XMLFault) -> Double {
        let text = style["font-size"] ?? "16"
        guard let size = SVGNumber.length(text), size >= 1, size <= 1000 else {
            throw fault("font-size", "font-size \"\(text)\" is no length between 1 and 1000, for example 14px")
        }
        return size
    }

    private func face() throws(XMLFault) -> FaceStyle {
        let family = style["font-family"] ?? "serif"
        guard let face = FaceStyle(family: family, weight: style["font-weight"] ?? "normal") else {
            throw fault(
                "font-family",
                "no font \"\(family)\" here; use Noto Serif CJK SC, Noto Sans CJK SC, serif or sans-serif")
        }
        return face
    }

    private func letterSpacing() throws(XMLFault) -> Double {
        guard let text = style["letter-spacing"], text != "normal" else { return 0 }
        guard let value = SVGNumber.length(text), abs(value) <= 1000 else {
            throw fault("letter-spacing", "letter-spacing \"\(text)\" is no length")
        }
        return value
    }

    private func lineHeight() throws(XMLFault) -> Double {
        guard let text = style["line-height"], text != "normal" else { return 1.4 }
        let value = text.hasSuffix("%") ? SVGNumber.plain(text.dropLast()).map { $0 / 100 } : SVGNumber.plain(text)
        guard let value, (0.5...5).contains(value) else {
            throw fault("line-height", "line-height \"\(text)\" is no multiple of the size, for example 1.4")
        }
        return value
    }

    private func color() throws(XMLFault) -> SVGColor {
        guard let text = style["fill"] else { return .black }
        guard let color = SVGColor(text) else {
            throw fault("fill", "fill \"\(text)\" is no colour for text; for example #1a1a1a")
        }
        return color
    }

    /// At the attribute where there is one, else at its `style`, else at the element.
    private func fault(_ name: String, _ problem: String) -> XMLFault {
        let places = [element.attribute(name), line?.attribute(name), element.attribute("style")]
        let offset = places.lazy.compactMap { $0?.offset }.first ?? element.range.lowerBound
        return XMLFault(offset: offset, problem: problem)
    }
}
