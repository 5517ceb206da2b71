import Testing

@testable import PDF

/// Incremental updates that change what a signed document shows (shadow attacks, Mainka et al. 2021, and kin).
struct ShadowAttackTests {
    private func coverage(
        of document: SampleDocument = SampleDocument(), _ change: (inout PDFUpdate, PDFFile) throws -> Void
    ) throws -> PDFCoverage {
        let file = try document.signedFile()
        var update = PDFUpdate(of: file)
        try change(&update, file)
        return try PDFFile(parsing: update.bytes()).soleCoverage()
    }

    private func expectChange(
        of document: SampleDocument = SampleDocument(), sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout PDFUpdate, PDFFile) throws -> Void
    ) throws {
        let found = try coverage(of: document, change)
        #expect(!found.coversWholeDocument, sourceLocation: sourceLocation)
        #expect(!found.changesAfterSigning.isEmpty, sourceLocation: sourceLocation)
    }

    private func page(_ file: PDFFile) throws -> (PDFReference, PDFDictionary) {
        let reference = try #require(try file.pages().first).reference
        return (reference, try #require(file.resolve(reference).dictionary))
    }

    @Test func `an object is replaced`() throws {
        try expectChange { update, file in
            let (_, page) = try self.page(file)
            let contents = try #require(page["Contents"]?.reference)
            update.set(contents, to: .stream(PDFStream(dictionary: [:], encodedBytes: Array("BT ET".utf8))))
        }
    }

    @Test func `page content is swapped for another stream`() throws {
        try expectChange { update, file in
            var (reference, page) = try self.page(file)
            page["Contents"] = .reference(update.add(.stream(PDFStream(dictionary: [:], encodedBytes: []))))
            update.set(reference, to: .dictionary(page))
        }
    }

    @Test func `an annotation is added`() throws {
        try expectChange { update, file in
            var (reference, page) = try self.page(file)
            let note = update.add(.dictionary(["Type": .name("Annot"), "Subtype": .name("FreeText")]))
            page["Annots"] = .array((page["Annots"]?.array ?? []) + [.reference(note)])
            update.set(reference, to: .dictionary(page))
        }
    }

    @Test func `a field gets an appearance`() throws {
        try expectChange { update, file in
            let (_, page) = try self.page(file)
            let field = try #require(page["Annots"]?.array?.last?.reference)
            var entries = try #require(file.resolve(field).dictionary)
            let look = update.add(.stream(PDFStream(dictionary: ["Subtype": .name("Form")], encodedBytes: [])))
            entries["AP"] = .dictionary(["N": .reference(look)])
            entries["Rect"] = .array([0, 0, 100, 100].map { .integer($0) })
            update.set(field, to: .dictionary(entries))
        }
    }

    @Test func `a page is added, removed or turned`() throws {
        try expectChange { update, file in
            let tree = try #require(file.catalog["Pages"]?.reference)
            var entries = try #require(file.resolve(tree).dictionary)
            let more = update.add(.dictionary(["Type": .name("Page"), "Parent": .reference(tree)]))
            entries["Kids"] = .array((entries["Kids"]?.array ?? []) + [.reference(more)])
            entries["Count"] = .integer(2)
            update.set(tree, to: .dictionary(entries))
        }
        try expectChange { update, file in update.remove(try self.page(file).0) }
        try expectChange { update, file in
            var (reference, page) = try self.page(file)
            page["Rotate"] = .integer(180)
            update.set(reference, to: .dictionary(page))
        }
    }

    @Test(arguments: [
        "OCProperties", "OpenAction", "AA", "Names", "Pages", "Perms", "AF", "Lang", "Metadata", "Collection",
    ])
    func `an entry of the catalog is changed`(key: String) throws {
        try expectChange { update, file in
            var catalog = file.catalog
            catalog[key] = .dictionary(["S": .name("JavaScript")])
            if key == "Pages" { catalog[key] = file.catalog["Pages"].map { .array([$0]) } }
            update.set(file.catalogReference, to: .dictionary(catalog))
        }
    }

    @Test(arguments: ["NeedAppearances", "XFA", "DR", "DA", "SigFlags"])
    func `an entry of the form is changed`(key: String) throws {
        try expectChange { update, file in
            var catalog = file.catalog
            var form = file.resolve(catalog["AcroForm"]).dictionary ?? [:]
            form[key] = .boolean(true)
            catalog["AcroForm"] = .dictionary(form)
            update.set(file.catalogReference, to: .dictionary(catalog))
        }
    }

    @Test func `the signature's field is taken out of the form`() throws {
        #expect(throws: PDFFault.signature("belongs to no field")) {
            try coverage { update, file in
                var catalog = file.catalog
                catalog["AcroForm"] = .dictionary(["Fields": .array([]), "SigFlags": .integer(3)])
                update.set(file.catalogReference, to: .dictionary(catalog))
            }
        }
    }

    @Test func `another catalog takes over`() throws {
        let bytes = try SampleDocument().signed()
        let file = try PDFFile(parsing: bytes)
        var update = PDFUpdate(of: file)
        let other = update.add(.dictionary(file.catalog))
        let old = "/Root \(file.catalogReference.number) 0 R"
        var changed = update.bytes()
        let place = try #require(changed.first(of: old, from: bytes.count))
        changed.replaceSubrange(place..<place + old.utf8.count, with: Array("/Root \(other.number) 0 R".utf8))
        let coverage = try PDFFile(parsing: changed).soleCoverage()
        #expect(coverage.changesAfterSigning.contains("the document has another catalog"))
    }

    @Test func `an object that nobody refers to is added`() throws {
        try expectChange { update, _ in _ = update.add(.string([1])) }
    }

    @Test func `a changed object is not explained by naming it in the security store`() throws {
        try expectChange { update, file in
            let (_, page) = try self.page(file)
            let contents = try #require(page["Contents"]?.reference)
            update.set(contents, to: .stream(PDFStream(dictionary: [:], encodedBytes: [])))
            var catalog = file.catalog
            catalog["DSS"] = .dictionary(["Certs": .array([.reference(contents)])])
            catalog["Extensions"] = .dictionary(["X": .reference(contents)])
            update.set(file.catalogReference, to: .dictionary(catalog))
        }
    }

    /// The signed page refers to an object that does not exist; the update supplies it under a harmless title.
    private let waiting = SampleDocument(page: { page, _ in
        var resources = page["Resources"]?.dictionary ?? [:]
        resources["ExtGState"] = .reference(PDFReference(number: 60))
        page["Resources"] = .dictionary(resources)
    })

    @Test func `a missing object of the page is supplied as validation data`() throws {
        try expectChange(of: waiting) { update, file in
            update.set(PDFReference(number: 60), to: .dictionary(["G": .dictionary(["ca": .integer(0)])]))
            var catalog = file.catalog
            catalog["DSS"] = .dictionary(["VRI": .reference(PDFReference(number: 60))])
            update.set(file.catalogReference, to: .dictionary(catalog))
        }
    }

    @Test func `a missing object of the page is supplied as a time-stamp`() throws {
        let file = try waiting.signedFile()
        let (page, entries) = try page(file)
        var raw = RawPDF()
        (raw.bytes, raw.lastSection) = (file.bytes, file.revisions.last?.crossReferenceOffset)
        var catalog = file.catalog
        var form = file.resolve(catalog["AcroForm"]).dictionary ?? [:]
        form["Fields"] = .array((form["Fields"]?.array ?? []) + [.reference(PDFReference(number: 61))])
        catalog["AcroForm"] = .dictionary(form)
        var changed = entries
        changed["Annots"] = .array((entries["Annots"]?.array ?? []) + [.reference(PDFReference(number: 61))])
        raw.object(file.catalogReference.number, text(.dictionary(catalog)))
        raw.object(page.number, text(.dictionary(changed)))
        let start =
            raw.bytes.count
            + "60 0 obj\n<</Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /G <</ca 0>> /ByteRange [0000000000 0000000000 0000000000 0000000000] /Contents "
            .utf8.count
        let numbers = SignatureSlots.byteRangeText([0, start, start + 8, 0])
        raw.object(
            60,
            "<</Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /G <</ca 0>> /ByteRange \(String(decoding: numbers, as: UTF8.self)) /Contents <300100>>>"
        )
        raw.object(61, "<</FT /Sig /T (T) /V 60 0 R /Subtype /Widget /Rect [0 0 0 0] /P \(page.number) 0 R>>")
        raw.table(
            "/Root \(file.catalogReference.number) 0 R /Size 70 /ID [<\(String(repeating: "07", count: 16))> <00>]")
        let coverage = try PDFFile(parsing: raw.bytes).soleCoverage()
        #expect(coverage.changesAfterSigning == ["object 60 was added"])
    }

    private func text(_ object: PDFObject) -> String {
        var bytes: [UInt8] = []
        PDFSerializer.append(object, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an object stream that the signed page waits for is a change`() throws {
        var raw = RawPDF()
        raw.emptyPage("/Contents 50 0 R")
        raw.crossReferenceStream(8)
        raw.stream(50, "/Type /ObjStm /N 1 /First 5", Array("51 0 (x)".utf8))
        raw.crossReferenceStream(9, compressed: [51: (50, 0)])
        let bytes = raw.bytes.replacing(first: "/Size 20", with: "/Size 99")
        let second = try #require(bytes.first(of: "/Size 20"))
        let file = try PDFFile(parsing: bytes[..<second] + Array("/Size 99".utf8) + bytes[(second + 8)...])
        #expect(file.changes[1].contains("object 50 was added"))
    }

    @Test func `the date and program of the last change may be noted, nothing else beside`() throws {
        func changes(_ before: String, _ after: String, page: String = "") throws -> [String] {
            var raw = RawPDF()
            raw.object(1, "<</Type /Catalog /Pages 2 0 R /Metadata 5 0 R>>")
            raw.object(2, "<</Type /Pages /Count 1 /Kids [3 0 R]>>")
            raw.object(3, "<</Type /Page /Parent 2 0 R /Resources <<\(page)>> >>")
            raw.object(4, "<</Title (T) /Producer (a) \(before.hasPrefix("/") ? before : "")>>")
            raw.stream(
                5, "/Type /Metadata", Array("<x xmp:ModifyDate=\"1\" \(before.hasPrefix("/") ? "" : before)/>".utf8))
            raw.table("/Root 1 0 R /Info 4 0 R /Size 20")
            raw.object(4, "<</Title (T) /Producer (b) \(after.hasPrefix("/") ? after : "")>>")
            raw.stream(
                5, "/Type /Metadata", Array("<x xmp:ModifyDate=\"2026\" \(after.hasPrefix("/") ? "" : after)/>".utf8))
            raw.table("/Root 1 0 R /Info 4 0 R /Size 20")
            return try PDFFile(parsing: raw.bytes).changes[1]
        }
        #expect(try changes("", "") == [])
        #expect(try changes("/ModDate (a)", "/ModDate (b)") == [])
        #expect(try changes("/Author (a)", "/Author (b)") == ["object 4 was replaced"])
        #expect(try changes("/ModDate (a)", "/ModDate <</A 1>>") == ["object 4 was replaced"])
        #expect(try changes("dc:title=\"a\"", "dc:title=\"b\"") == ["object 5 was replaced"])
        #expect(try changes("pdf:Producer=\"a\"", "pdf:Producer=\"b\" x=\"\"") == ["object 5 was replaced"])
        // Where a page uses them they are no metadata.
        let both = try changes("", "", page: "/Font 4 0 R /XObject <</A 5 0 R>>")
        #expect(both == ["object 4 was replaced", "object 5 was replaced"])
    }

    @Test func `many updates of a large file are examined in time or refused`() throws {
        var raw = RawPDF()
        raw.emptyPage()
        raw.object(4, "[" + String(repeating: "0 ", count: 300_000) + "]")
        raw.table("/Root 1 0 R /Size 20")
        for number in 0..<60 {
            raw.object(5, "\(number)")
            raw.table()
        }
        let start = ContinuousClock.now
        let file = try PDFFile(parsing: raw.bytes)
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(file.changes.last == ["too many updates to examine"])
    }
}
