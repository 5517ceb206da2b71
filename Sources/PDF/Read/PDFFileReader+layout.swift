extension PDFFileReader {
    /// The revisions, oldest first, from the sections, newest first.
    ///
    /// Every section must be followed by a `startxref` that names it, and sections must stand in the order of their age.
    /// The one exception is a linearized file (annex F), whose first page's section comes first and has the other as its `Prev`.
    func layOut(_ sections: [PDFSection]) throws(PDFFault) -> [PDFRevision] {
        var rest = Array(sections.reversed())[...]
        var revisions: [PDFRevision] = []
        if rest.count >= 2, rest[1].offset < rest[0].offset {
            revisions.append(try linearizedRevision(main: rest[0], firstPage: rest[1]))
            rest = rest.dropFirst(2)
        }
        for section in rest {
            let ending = try ending(at: section.end)
            guard ending.offset == section.offset, section.offset >= revisions.last?.end ?? 0 else {
                throw .crossReference("sections out of order")
            }
            revisions.append(
                PDFRevision(
                    crossReferenceOffset: section.offset, markerEnd: ending.markerEnd, end: ending.end,
                    trailer: section.trailer, entries: section.entries, streamNumbers: section.streamNumbers,
                    isStream: section.isStream))
        }
        guard let last = revisions.last else { throw .crossReference("no section") }
        guard last.end == bytes.count else { throw .trailingBytes }
        return revisions
    }

    private func linearizedRevision(main: PDFSection, firstPage: PDFSection) throws(PDFFault) -> PDFRevision {
        // What the first startxref says is of no meaning there (annex F.3.4).
        let inner = try ending(at: firstPage.end)
        let outer = try ending(at: main.end)
        guard outer.offset == firstPage.offset, inner.end <= main.offset else {
            throw .crossReference("sections out of order")
        }
        var entries = firstPage.entries
        for (number, entry) in main.entries {
            guard entries.updateValue(entry, forKey: number) == nil else {
                throw .crossReference("a linearized file lists an object twice")
            }
        }
        return PDFRevision(
            crossReferenceOffset: firstPage.offset, markerEnd: outer.markerEnd, end: outer.end,
            trailer: firstPage.trailer, entries: entries,
            streamNumbers: firstPage.streamNumbers.union(main.streamNumbers), isStream: firstPage.isStream)
    }

    /// Whatever stands in the file must be an object that some section lists, a section, or its ending; between them
    /// only white space and comments. Objects beside the tables are how signed files are prepared for readers that repair.
    func checkNothingUnlisted() throws(PDFFault) {
        // A `startxref` is recorded both from the end and from its section.
        let parts = Set(bodies.values.map(\.range) + structure).sorted { $0.lowerBound < $1.lowerBound }
        var position = 0
        for part in parts + [bytes.count..<bytes.count] {
            guard part.lowerBound >= position else { throw .crossReference("objects overlap") }
            try checkGap(position..<part.lowerBound)
            position = part.upperBound
        }
    }

    /// White space and whole comments: one without line end would swallow the object after it.
    private func checkGap(_ gap: Range<Int>) throws(PDFFault) {
        var isComment = false
        for offset in gap {
            let byte = bytes[offset]
            if byte == 0x0A || byte == 0x0D {
                isComment = false
            } else if byte == UInt8(ascii: "%") {
                isComment = true
            } else {
                guard isComment || PDFCharacter.isWhitespace(byte) else { throw .unlistedBytes(offset: offset) }
            }
        }
        guard !isComment else { throw .unlistedBytes(offset: gap.upperBound) }
    }
}
