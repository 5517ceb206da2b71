import PDF

/// Makes a document's fonts: subsets of CFF outlines under the Identity-H encoding (ISO 32000-2 §9.7).
struct FontEmbedder {
    let face: FontFace
    /// Thousandths of the em; that of ideographs.
    private static let standardWidth = 1000
    /// CID 1 and on.
    let uses: [GlyphCollection.Use]

    /// The resource name of a face's font.
    static func resourceName(_ style: FaceStyle) -> String { "F\(style.rawValue)" }

    /// The Type 0 font.
    func add(to builder: inout PDFBuilder) throws(FontFault) -> PDFReference {
        let name = "\(tag)+\(face.name)"
        let program = try CFFWriter.font(
            face.glyphs, name: name, glyphs: [0] + uses.map(\.glyph), identifiers: Array(0...uses.count))
        // Glyph programs hardly pack; more effort finds nothing more.
        let file = builder.addStream(program, dictionary: ["Subtype": .name("CIDFontType0C")], level: 1)
        let descriptor = builder.add(.dictionary(descriptor(name: name, file: file)))
        let system: PDFDictionary = [
            "Registry": .string(Array("Adobe".utf8)), "Ordering": .string(Array("Identity".utf8)),
            "Supplement": .integer(0),
        ]
        let descendant = builder.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("CIDFontType0"), "BaseFont": .name(name),
                "CIDSystemInfo": .dictionary(system), "FontDescriptor": .reference(descriptor),
                "DW": .integer(FontEmbedder.standardWidth),
                "W": .array(widths),
            ]))
        let map = builder.addStream(ToUnicodeWriter.map(uses.map(\.text)))
        return builder.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type0"), "BaseFont": .name("\(name)-Identity-H"),
                "Encoding": .name("Identity-H"), "DescendantFonts": .array([.reference(descendant)]),
                "ToUnicode": .reference(map),
            ]))
    }

    /// Runs of CIDs whose glyphs are not as wide as the em (§9.7.4.3).
    private var widths: [PDFObject] {
        var runs: [(first: Int, widths: [PDFObject])] = []
        for (index, use) in uses.enumerated() {
            let width = scaled(face.advance(of: use.glyph))
            guard width != FontEmbedder.standardWidth else { continue }
            if let last = runs.last, last.first + last.widths.count == index + 1 {
                runs[runs.count - 1].widths.append(.integer(width))
            } else {
                runs.append((index + 1, [.integer(width)]))
            }
        }
        return runs.flatMap { [.integer($0.first), .array($0.widths)] }
    }

    private func descriptor(name: String, file: PDFReference) -> PDFDictionary {
        let box = face.cff.boundingBox.count == 4 ? face.cff.boundingBox : [0, -200, 1000, 900]
        let (symbolic, serif) = (4, 2)
        return [
            "Type": .name("FontDescriptor"), "FontName": .name(name),
            "Flags": .integer(symbolic | (face.style.isSerif ? serif : 0)),
            "FontBBox": .array(box.map { .integer(scaled(Int($0))) }), "ItalicAngle": .integer(0),
            "Ascent": .integer(scaled(face.ascent)), "Descent": .integer(scaled(face.descent)),
            "CapHeight": .integer(scaled(face.capHeight)), "StemV": .integer(face.style.isBold ? 140 : 80),
            "FontFile3": .reference(file),
        ]
    }

    /// Font units to thousandths of the em.
    private func scaled(_ value: Int) -> Int {
        Int((Double(value) * 1000 / Double(face.unitsPerEm)).rounded())
    }

    /// Six letters that tell subsets apart (§9.9.2), the same for the same glyphs.
    private var tag: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for use in uses {
            for byte in [use.glyph >> 8, use.glyph & 0xFF] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        var letters = ""
        for _ in 0..<6 {
            letters.unicodeScalars.append(Unicode.Scalar(UInt8(0x41 + hash % 26)))
            hash /= 26
        }
        return letters
    }
}
