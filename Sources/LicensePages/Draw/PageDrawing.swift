import Licensing
import PDF
import Primitives

/// Draws one license on one template.
struct PageDrawing {
    let template: PageTemplate
    let fonts: FontLibrary
    let content: PageContent
    /// Holds the art, and at the end all that the page reaches.
    private(set) var builder: PDFBuilder
    private var writer = ContentWriter()
    private var glyphs = GlyphCollection()
    private var forms: PDFDictionary

    /// - Parameter builder: of the pages before, or `template.art` alone; `form` is the template's art in it.
    init(_ content: PageContent, on template: PageTemplate, fonts: FontLibrary, builder: PDFBuilder, form: PDFReference)
    {
        (self.content, self.template, self.fonts, self.builder) = (content, template, fonts, builder)
        forms = ["Art": .reference(form)]
    }

    /// The `/Type /Page` dictionary without `Parent`.
    mutating func draw() throws(PageRefusal) -> PDFReference {
        writer.line("q /Art Do Q")
        for box in template.boxes { try draw(box) }
        for place in template.texts { try draw(place) }
        if content.isSpecimen { try drawSpecimenMark() }
        var resources: PDFDictionary = ["XObject": .dictionary(forms), "Font": .dictionary(try embedFonts())]
        if content.isSpecimen { resources["ExtGState"] = .dictionary(["Mark": .dictionary(["ca": .real(0.22)])]) }
        let contents = builder.addStream(writer.bytes)
        let size = [template.geometry.width, template.geometry.height].map { ($0 * 1000).rounded() / 1000 }
        return builder.add(
            .dictionary([
                "Type": .name("Page"), "MediaBox": .array([.integer(0), .integer(0)] + size.map { .real($0) }),
                "Resources": .dictionary(resources), "Contents": .reference(contents),
            ]))
    }

    private mutating func draw(_ place: TextPlacement) throws(PageRefusal) {
        guard let value = FieldContent(place.field, of: content, language: template.language), !value.text.isEmpty
        else {
            return
        }
        let shaped: [ShapedGlyph]
        do throws(TextShaper.MissingGlyph) {
            shaped = try TextShaper(fonts: fonts).shape(value.text, style: place.face)
        } catch {
            throw .noGlyph(field: place.field, character: String(error.character))
        }
        guard let fitted = TextFitter(place, shaped).fitted() else { throw .doesNotFit(field: place.field) }
        var properties = "/Name \(ContentWriter.hexadecimal(PDFText.encode(place.field)))"
        if let datum = value.value { properties += " /Value \(ContentWriter.hexadecimal(PDFText.encode(datum)))" }
        writer.line("/ChanceryField <<\(properties)>> BDC")
        writer.line("\(ContentWriter.text(place.color)) rg")
        draw(fitted, x: place.x, y: place.y, matrix: place.matrix)
        writer.line("EMC")
    }

    /// One text object; each line sets its own matrix, as glyph space has y up and `matrix` takes y down.
    private mutating func draw(_ text: FittedText, x: Double, y: Double, matrix: SVGMatrix) {
        writer.line("BT")
        if text.letterSpacing != 0 { writer.line("\(ContentWriter.text(text.letterSpacing)) Tc") }
        for line in text.lines {
            let origin = SVGMatrix.translation(x + line.startX, y + line.baseline)
            let place = SVGMatrix.scale(1, -1).followed(by: origin).followed(by: matrix)
            writer.line("\(ContentWriter.text(place)) Tm")
            var run = GlyphRun(size: text.size)
            for glyph in line.glyphs { run.show(glyph, code: glyphs.code(for: glyph), on: &writer) }
            run.finish(on: &writer)
        }
        if text.letterSpacing != 0 { writer.line("0 Tc") }
        writer.line("ET")
    }

    private mutating func draw(_ box: BoxPlacement) throws(PageRefusal) {
        guard let field = box.field else { return try drawCode(box) }
        guard case .photo(let image) = content.values[field] else { return }
        guard let photo = PhotoImage(image) else {
            throw .image(field: field, reason: "neither grey nor RGB, or without size")
        }
        draw(builder.add(photo.object), of: photo.size, in: box, setting: "")
    }

    private mutating func drawCode(_ box: BoxPlacement) throws(PageRefusal) {
        guard let symbol = QRSymbol(content.qrText) else {
            throw .image(field: "qr", reason: "the text does not fit into a QR code")
        }
        let image = builder.addStream(symbol.samples, dictionary: symbol.dictionary)
        let size = (width: symbol.sideWithBorder, height: symbol.sideWithBorder)
        draw(image, of: size, in: box, setting: "\(ContentWriter.text(box.color)) rg ")
    }

    private mutating func draw(
        _ image: PDFReference, of size: (width: Int, height: Int), in box: BoxPlacement, setting: String
    ) {
        let name = "Image\(forms.count)"
        forms[name] = .reference(image)
        writer.line("q \(setting)\(ContentWriter.text(box.matrix(forImage: size))) cm /\(name) Do Q")
    }

    /// Across the page, from the lower left to the upper right; over everything, so that no value hides it.
    private mutating func drawSpecimenMark() throws(PageRefusal) {
        let text = "SPECIMEN 样张"
        let (width, height) = (template.geometry.width, template.geometry.height)
        let matrix = SVGMatrix.scale(1, -1).followed(by: .rotation(degrees: width > height ? 28 : 48))
            .followed(by: .translation(width / 2, height / 2))
        let size = min(width, height) * 0.17
        let place = TextPlacement(
            field: "specimen", fit: .shrink, anchor: .middle, face: .sansBold, size: size, smallestSize: 1,
            letterSpacing: 0, lineHeight: 1, width: max(width, height) * 0.9, height: size,
            color: SVGColor(red: 0.75, green: 0.05, blue: 0.05), x: 0, y: size * 0.35, matrix: matrix)
        guard let shaped = try? TextShaper(fonts: fonts).shape(text, style: place.face),
            let fitted = TextFitter(place, shaped).fitted()
        else { throw .doesNotFit(field: place.field) }
        writer.line("/Artifact BMC q /Mark gs \(ContentWriter.text(place.color)) rg")
        draw(fitted, x: place.x, y: place.y, matrix: place.matrix)
        writer.line("Q EMC")
    }

    /// By face, so that the same page has the same objects in the same order.
    private mutating func embedFonts() throws(PageRefusal) -> PDFDictionary {
        var resources: PDFDictionary = [:]
        for style in FaceStyle.allCases {
            guard let uses = glyphs.uses[style], let face = fonts[style] else { continue }
            do throws(FontFault) {
                let font = try FontEmbedder(face: face, uses: uses).add(to: &builder)
                resources[FontEmbedder.resourceName(style)] = .reference(font)
            } catch {
                throw .noGlyph(field: "\(style)", character: error.reason)
            }
        }
        return resources
    }
}
