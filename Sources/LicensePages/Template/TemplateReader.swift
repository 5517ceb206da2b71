import Licensing

/// Reads what a template says, and collects all that is wrong with it.
struct TemplateReader {
    /// Elements whose children are drawn where they stand.
    private static let containers: Set<Substring> = ["svg", "g", "a"]
    private static let keys = ["data-field", "data-image", "data-qr"]

    private let type: LicenseType
    let geometry: PageGeometry
    /// Of the root element.
    let start: Int
    private(set) var faults: [XMLFault] = []
    private(set) var texts: [TextPlacement] = []
    private(set) var boxes: [BoxPlacement] = []
    /// Of the elements that are not part of the fixed art.
    private(set) var variableRanges: [Range<Int>] = []

    /// - Throws: what keeps the template from being read at all; all else is in `faults`.
    init(_ bytes: [UInt8], type: LicenseType) throws(XMLFault) {
        let root = try XMLReader.read(bytes)
        start = root.range.lowerBound
        guard root.localName == "svg" else { throw XMLFault(offset: start, problem: "the root element is not <svg>") }
        geometry = try PageGeometry(of: root)
        self.type = type
        check(root)
        read(root, style: SVGStyle(), matrix: .identity, isDrawn: true)
    }

    private mutating func check(_ element: XMLElement) {
        do throws(XMLFault) { try ArtGuard.check(element) } catch { faults.append(error) }
        for child in element.children { check(child) }
    }

    private mutating func read(_ element: XMLElement, style: SVGStyle, matrix: SVGMatrix, isDrawn: Bool) {
        do throws(XMLFault) {
            let inner = try transformed(element, matrix)
            let style = style.inside(element)
            guard let key = TemplateReader.keys.lazy.compactMap({ element.attribute($0) }).first else {
                let isDrawn = isDrawn && TemplateReader.containers.contains(element.localName)
                for child in element.children { read(child, style: style, matrix: inner, isDrawn: isDrawn) }
                return
            }
            guard isDrawn else {
                throw XMLFault(
                    offset: key.offset, problem: "\(key.name) stands inside an element that is not drawn itself")
            }
            variableRanges.append(element.range)
            if key.name == "data-field" {
                try readText(element, key, style, inner)
            } else {
                try readBox(element, key, style, inner)
            }
        } catch {
            faults.append(error)
        }
    }

    private func transformed(_ element: XMLElement, _ matrix: SVGMatrix) throws(XMLFault) -> SVGMatrix {
        guard let attribute = element.attribute("transform") else { return matrix }
        guard let own = SVGMatrix(attribute.value), own.isUsable else {
            // Fixed art may use transforms that only librsvg knows; fields inside of it may not.
            guard TemplateReader.hasVariable(element) else { return matrix }
            throw XMLFault(
                offset: attribute.offset,
                problem: "transform \"\(attribute.value)\" is not matrix, translate, scale or rotate")
        }
        return own.followed(by: matrix)
    }

    private static func hasVariable(_ element: XMLElement) -> Bool {
        keys.contains { element[$0] != nil } || element.children.contains { hasVariable($0) }
    }

    private mutating func readText(
        _ element: XMLElement, _ key: XMLElement.Attribute, _ style: SVGStyle, _ matrix: SVGMatrix
    ) throws(XMLFault) {
        guard element.localName == "text" else {
            throw XMLFault(offset: key.offset, problem: "data-field belongs on a <text>, not on <\(element.name)>")
        }
        guard FieldContent.isText(key.value, of: type) else {
            throw XMLFault(offset: key.offset, problem: TemplateReader.unknownField(key.value, type))
        }
        let attributes = TextAttributes(element, style: style)
        let placement = try attributes.placement(field: key.value, geometry: geometry, matrix: matrix)
        guard FontLibrary.path(of: placement.face) != nil else {
            throw XMLFault(
                offset: element.range.lowerBound,
                problem: "the font \(placement.face.fileName) is not installed (Debian: fonts-noto-cjk)")
        }
        texts.append(placement)
    }

    private static func unknownField(_ name: String, _ type: LicenseType) -> String {
        if type.field(name) != nil { return "field \"\(name)\" is a photo; it belongs in data-image" }
        let known = FieldContent.builtIn + type.fields.map(\.name)
        return "unknown field \"\(name)\"; known are \(known.joined(separator: ", "))"
    }

    private mutating func readBox(
        _ element: XMLElement, _ key: XMLElement.Attribute, _ style: SVGStyle, _ matrix: SVGMatrix
    ) throws(XMLFault) {
        guard element.localName == "rect" || (element.localName == "image" && key.name == "data-image") else {
            throw XMLFault(offset: key.offset, problem: "\(key.name) belongs on a <rect>, not on <\(element.name)>")
        }
        if key.name == "data-image" {
            guard case .photo = type.field(key.value)?.kind else {
                throw XMLFault(offset: key.offset, problem: "\"\(key.value)\" is no photo field of this type")
            }
        }
        let attributes = TextAttributes(element, style: style)
        let width = try attributes.number("width")
        let height = try attributes.number("height")
        guard let width, let height, width > 0, height > 0 else {
            throw XMLFault(offset: element.range.lowerBound, problem: "width and height must be above 0")
        }
        boxes.append(
            BoxPlacement(
                field: key.name == "data-image" ? key.value : nil, x: try attributes.number("x") ?? 0,
                y: try attributes.number("y") ?? 0, width: width, height: height,
                color: key.name == "data-qr" ? attributes.solidColor : .black,
                matrix: matrix.followed(by: geometry.toPage)))
    }
}
