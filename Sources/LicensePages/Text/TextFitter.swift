/// Finds the largest size at which text fits its place.
struct TextFitter {
    /// The height of an ideograph over the baseline.
    private static let ideographTop = 0.88
    private static let steps = 40

    private let place: TextPlacement
    private let glyphs: [ShapedGlyph]
    /// What may happen before each glyph. Many sizes are tried, so it is found once.
    private let ends: [LineBreaking.End]

    init(_ place: TextPlacement, _ glyphs: [ShapedGlyph]) {
        (self.place, self.glyphs) = (place, glyphs)
        ends = glyphs.indices.map { index in
            index == 0 ? .never : LineBreaking.end(after: glyphs[index - 1].text, before: glyphs[index].text)
        }
    }

    /// `nil` when it does not fit at the smallest size.
    func fitted() -> FittedText? {
        place.fit == .wrap ? wrapped() : oneLine()
    }

    private func oneLine() -> FittedText? {
        guard !glyphs.contains(where: \.isLineBreak) else { return nil }
        let natural = length(glyphs[...], size: place.size)
        var size = place.size
        if natural > place.width {
            // Rounded down to a hundredth, so that rounding never makes it longer than its place.
            size = (place.size * place.width / natural * 100).rounded(.down) / 100
            guard place.fit == .shrink, size >= place.smallestSize else { return nil }
        }
        return text(of: [glyphs[...]], size: size, baseline: 0)
    }

    private func wrapped() -> FittedText? {
        for step in 0...TextFitter.steps {
            let size = place.size - (place.size - place.smallestSize) * Double(step) / Double(TextFitter.steps)
            guard let lines = lines(size: size) else { continue }
            let height = size * (place.lineHeight * Double(lines.count - 1) + 1)
            // Smaller text keeps the top of the place, not the baseline of its first line.
            let baseline = (size - place.size) * TextFitter.ideographTop
            if height <= place.height + 1e-6 { return text(of: lines, size: size, baseline: baseline) }
        }
        return nil
    }

    /// As much on each line as fits; `nil` when one piece is longer than a line.
    private func lines(size: Double) -> [ArraySlice<ShapedGlyph>]? {
        var lines: [ArraySlice<ShapedGlyph>] = []
        var start = 0
        while start < glyphs.count {
            guard let end = lineEnd(from: start, size: size) else { return nil }
            lines.append(glyphs[start..<end])
            start = end
        }
        return lines
    }

    private func lineEnd(from start: Int, size: Double) -> Int? {
        var length = 0.0
        var lastBreak: Int?
        var lastSplit: Int?
        for index in start..<glyphs.count {
            if index > start {
                switch ends[index] {
                case .always: return index
                case .allowed: lastBreak = index
                case .split: lastSplit = index
                case .never: break
                }
            }
            length += advance(of: glyphs[index], size: size)
            // Spaces at the end of a line may hang over.
            if !glyphs[index].isSpace, length - spacing(size) > place.width + 1e-6 { return lastBreak ?? lastSplit }
        }
        return glyphs.count
    }

    private func spacing(_ size: Double) -> Double { place.letterSpacing * size / place.size }

    private func advance(of glyph: ShapedGlyph, size: Double) -> Double { glyph.advance * size + spacing(size) }

    /// Of what is seen: without spaces at the end and the letter space after the last character.
    private func length(_ line: ArraySlice<ShapedGlyph>, size: Double) -> Double {
        guard let last = line.lastIndex(where: { !$0.isSpace }) else { return 0 }
        return line[...last].reduce(-spacing(size)) { $0 + advance(of: $1, size: size) }
    }

    private func text(of lines: [ArraySlice<ShapedGlyph>], size: Double, baseline: Double) -> FittedText {
        let placed = lines.enumerated().map { number, line in
            let length = length(line, size: size)
            let startX =
                switch place.anchor {
                case .start: 0.0
                case .middle: -length / 2
                case .end: -length
                }
            return FittedText.Line(
                glyphs: line, startX: startX, baseline: baseline + Double(number) * place.lineHeight * size)
        }
        return FittedText(size: size, letterSpacing: spacing(size), lines: placed)
    }
}
