import CHarfBuzz

/// One face of a font file, ready to shape and to subset from many threads.
///
/// `@unchecked Sendable`: face and font are made immutable; HarfBuzz guards its own caches.
@safe final class FontFace: @unchecked Sendable {
    let style: FaceStyle
    let glyphs: GlyphCache
    /// Font units of the em.
    let unitsPerEm: Int
    /// Font units, from the baseline.
    let ascent: Int
    let descent: Int
    let capHeight: Int
    let font: OpaquePointer

    /// The simplified Chinese face of a collection, or a file's only face.
    init(path: String, style: FaceStyle) throws(FontFault) {
        guard let blob = unsafe hb_blob_create_from_file_or_fail(path) else { throw FontFault("cannot be read") }
        defer { unsafe hb_blob_destroy(blob) }
        let count = unsafe hb_face_count(blob)
        let index = (0..<min(count, 64)).first { unsafe FontFace.isSimplifiedChinese(blob, index: $0) }
        guard let index = index ?? (count == 1 ? 0 : nil) else { throw FontFault("has no face for simplified Chinese") }
        guard let face = unsafe hb_face_create(blob, index) else { throw FontFault("has no face") }
        defer { unsafe hb_face_destroy(face) }
        unsafe hb_face_make_immutable(face)
        let tag: hb_tag_t = 0x4346_4620  // "CFF "
        guard let table = unsafe hb_face_reference_table(face, tag) else { throw FontFault("has no outlines") }
        glyphs = unsafe GlyphCache(try CFFFont(FontTable(owning: table)))
        guard let font = unsafe hb_font_create(face) else { throw FontFault("cannot be used") }
        unsafe hb_font_make_immutable(font)
        unsafe self.font = font
        self.style = style
        unitsPerEm = unsafe Int(max(hb_face_get_upem(face), 1))
        var extents = hb_font_extents_t()
        unsafe hb_font_get_h_extents(font, &extents)
        ascent = Int(extents.ascender)
        descent = Int(extents.descender)
        var height: hb_position_t = 0
        unsafe hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &height)
        capHeight = Int(height)
    }

    deinit {
        unsafe hb_font_destroy(font)
    }

    private static func isSimplifiedChinese(_ blob: OpaquePointer, index: UInt32) -> Bool {
        let face = unsafe hb_face_create(blob, index)
        defer { unsafe hb_face_destroy(face) }
        var name = [CChar](repeating: 0, count: 128)
        var length = UInt32(name.count)
        let postScriptName: hb_ot_name_id_t = 6
        unsafe hb_ot_name_get_utf8(face, postScriptName, nil, &length, &name)
        return String(decoding: name.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self).contains("CJKsc")
    }

    /// Whether every scalar of `character` has a glyph, with the variation that a selector asks for.
    func covers(_ character: Character) -> Bool {
        var previous: UInt32?
        for scalar in character.unicodeScalars {
            var glyph: hb_codepoint_t = 0
            if scalar.properties.isVariationSelector, let base = previous {
                guard unsafe hb_font_get_variation_glyph(font, base, scalar.value, &glyph) != 0 else { return false }
            } else {
                // Invisible characters, and those that turn the reading direction, have no place on a license.
                guard !scalar.properties.isDefaultIgnorableCodePoint,
                    unsafe hb_font_get_nominal_glyph(font, scalar.value, &glyph) != 0, glyph != 0
                else { return false }
            }
            previous = scalar.value
        }
        return true
    }

    /// Font units.
    func advance(of glyph: Int) -> Int {
        unsafe Int(hb_font_get_glyph_h_advance(font, hb_codepoint_t(glyph)))
    }

    var cff: CFFFont { glyphs.font }

    /// The name in documents: `NotoSerifCJKsc-Regular`.
    var name: String { cff.name.replacing("CJKjp", with: "CJKsc") }
}
