import CHarfBuzz

/// Turns text into glyphs with HarfBuzz: pieces of one face and script at a time, left to right.
struct TextShaper {
    let fonts: FontLibrary

    /// The glyphs of `text` in order; a line break is a space that reads as a line break.
    /// - Throws: the first character that no face has.
    func shape(_ text: String, style: FaceStyle) throws(MissingGlyph) -> [ShapedGlyph] {
        var glyphs: [ShapedGlyph] = []
        var piece: [Unicode.Scalar] = []
        var face: FontFace?
        var script = HB_SCRIPT_COMMON
        for character in text {
            if character.isNewline {
                if let face { glyphs += shaped(piece, face, script) }
                piece = []
                glyphs += try lineBreak(style)
                continue
            }
            guard let next = fonts.face(for: character, style: style) else { throw MissingGlyph(character: character) }
            let nextScript = TextShaper.script(of: character)
            let turns = nextScript != HB_SCRIPT_COMMON && script != HB_SCRIPT_COMMON && nextScript != script
            if let face, face !== next || turns {
                glyphs += shaped(piece, face, script)
                piece = []
                script = HB_SCRIPT_COMMON
            }
            if nextScript != HB_SCRIPT_COMMON { script = nextScript }
            face = next
            piece += character.unicodeScalars
        }
        if let face { glyphs += shaped(piece, face, script) }
        guard let missing = glyphs.first(where: { $0.glyph == 0 }) else { return glyphs }
        throw MissingGlyph(character: missing.text.first ?? "\u{FFFD}")
    }

    struct MissingGlyph: Error {
        let character: Character
    }

    private func lineBreak(_ style: FaceStyle) throws(MissingGlyph) -> [ShapedGlyph] {
        guard let face = fonts.face(for: " ", style: style) else { throw MissingGlyph(character: "\n") }
        return shaped([" "], face, HB_SCRIPT_COMMON).map { space in
            ShapedGlyph(
                face: space.face, glyph: space.glyph, text: "\n", advance: space.advance, width: space.width, shiftX: 0,
                shiftY: 0)
        }
    }

    /// Punctuation, digits and marks go with what stands before them.
    private static func script(of character: Character) -> hb_script_t {
        guard let scalar = character.unicodeScalars.first else { return HB_SCRIPT_COMMON }
        let script = unsafe hb_unicode_script(hb_unicode_funcs_get_default(), scalar.value)
        return script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN ? HB_SCRIPT_COMMON : script
    }

    private func shaped(_ piece: [Unicode.Scalar], _ face: FontFace, _ script: hb_script_t) -> [ShapedGlyph] {
        guard !piece.isEmpty, let buffer = unsafe hb_buffer_create() else { return [] }
        defer { unsafe hb_buffer_destroy(buffer) }
        let codes = piece.map(\.value)
        unsafe hb_buffer_add_codepoints(buffer, codes, Int32(clamping: codes.count), 0, Int32(clamping: codes.count))
        unsafe hb_buffer_set_direction(buffer, HB_DIRECTION_LTR)
        unsafe hb_buffer_set_script(buffer, script)
        unsafe hb_buffer_set_language(buffer, hb_language_from_string("zh-hans", -1))
        unsafe hb_shape(face.font, buffer, nil, 0)
        var count: UInt32 = 0
        let infos = unsafe Array(
            UnsafeBufferPointer(start: hb_buffer_get_glyph_infos(buffer, &count), count: Int(count)))
        let places = unsafe Array(
            UnsafeBufferPointer(start: hb_buffer_get_glyph_positions(buffer, &count), count: Int(count)))
        return zip(infos.indices, places).map { index, place in
            TextShaper.glyph(
                Int(infos[index].codepoint), place, of: face, text: TextShaper.text(at: index, of: infos, in: piece))
        }
    }

    private static func glyph(
        _ number: Int, _ place: hb_glyph_position_t, of face: FontFace, text: String
    ) -> ShapedGlyph {
        let em = Double(face.unitsPerEm)
        return ShapedGlyph(
            face: face.style, glyph: number, text: text, advance: Double(place.x_advance) / em,
            width: Double(face.advance(of: number)) / em, shiftX: Double(place.x_offset) / em,
            shiftY: Double(place.y_offset) / em)
    }

    /// All that a cluster stands for on its first glyph, nothing on its others.
    private static func text(at index: Int, of infos: [hb_glyph_info_t], in piece: [Unicode.Scalar]) -> String {
        let cluster = Int(infos[index].cluster)
        guard cluster < piece.count, index == 0 || Int(infos[index - 1].cluster) != cluster else { return "" }
        let next = infos[index...].first { Int($0.cluster) != cluster }.map { Int($0.cluster) } ?? piece.count
        if next == cluster + 1 { return String(piece[cluster]) }
        return String(String.UnicodeScalarView(piece[cluster..<min(max(next, cluster), piece.count)]))
    }
}
