import Testing

@testable import PDF

/// What may follow a signature: validation data and document time-stamps.
struct LongTermTests {
    private let store = PDFSecurityStore(certificates: [[1], [2]], revocationLists: [[3]], ocspResponses: [[4]])

    @Test func `validation data may follow a signature`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        try update.addToSecurityStore(store)
        let longer = try PDFFile(parsing: update.bytes())
        #expect(try longer.securityStore() == store)
        #expect(try file.securityStore() == nil)
        #expect(
            try longer.soleCoverage() == PDFCoverage(coversWholeDocument: true, changesAfterSigning: [], faults: []))
        #expect(Array(longer.bytes[..<file.bytes.count]) == file.bytes)
    }

    @Test func `validation data is added once and beside what is there`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        try update.addToSecurityStore(store)
        let first = try PDFFile(parsing: update.bytes())
        update = PDFUpdate(of: first)
        try update.addToSecurityStore(
            PDFSecurityStore(certificates: [[2], [9], [9]], revocationLists: [[3]], ocspResponses: []))
        let second = try PDFFile(parsing: update.bytes())
        #expect(
            try second.securityStore()
                == PDFSecurityStore(certificates: [[1], [2], [9]], revocationLists: [[3]], ocspResponses: [[4]]))
        #expect(try second.soleCoverage().coversWholeDocument)
    }

    @Test func `document time-stamps may follow a signature, again and again`() throws {
        var bytes = try SampleDocument().signed()
        for round in 1...3 {
            var update = PDFUpdate(of: try PDFFile(parsing: bytes))
            try update.addToSecurityStore(
                PDFSecurityStore(
                    certificates: [[UInt8(round)]], revocationLists: [], ocspResponses: []))
            bytes = try update.timeStampable(fieldName: "Timestamp\(round)", reservedBytes: 32).embedding(
                SampleDocument.cms)
        }
        let file = try PDFFile(parsing: bytes)
        #expect(file.revisions.count == 4)
        #expect(
            try file.signatures().map(\.kind) == [.signature] + [
                .documentTimeStamp, .documentTimeStamp, .documentTimeStamp,
            ])
        for signature in try file.signatures() {
            #expect(file.coverage(of: signature).coversWholeDocument)
            #expect(file.coverage(of: signature).changesAfterSigning == [])
        }
    }

    @Test func `long-term data may be added to files of other writers`() throws {
        for name in ["pyhanko-b-lta-stream.pdf", "pyhanko-b-lta-table.pdf"] {
            let file = try PDFFile(parsing: Tool.vector(name))
            var update = PDFUpdate(of: file)
            try update.addToSecurityStore(store)
            let stamped = try update.timeStampable(fieldName: "Again", reservedBytes: 32).embedding(SampleDocument.cms)
            let longer = try PDFFile(parsing: stamped)
            for signature in try longer.signatures() { #expect(longer.coverage(of: signature).coversWholeDocument) }
            #expect(try Tool.run("qpdf", ["--check"], on: stamped).status == 0)
        }
    }

    @Test func `a second approval signature is told as a change after the first`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        let signable = try update.signable(
            PDFSignatureDraft(
                fieldName: "Second", signerName: "B", signedAt: SampleDocument.signedAt, reservedBytes: 32))
        let both = try PDFFile(parsing: signable.embedding(SampleDocument.cms))
        let signatures = try both.signatures()
        #expect(signatures.map(\.fieldName) == ["Signature1", "Second"])
        #expect(!both.coverage(of: signatures[0]).coversWholeDocument)
        #expect(both.coverage(of: signatures[1]).coversWholeDocument)
    }

    @Test func `a time-stamp that shows itself is a change`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        let stamped = try update.timeStampable(fieldName: "T", reservedBytes: 32).embedding(SampleDocument.cms)
        let invisible = "/Rect [0 0 0 0]"
        let place = try #require(stamped.first(of: invisible, from: file.bytes.count))
        let shown = stamped[..<place] + Array("/Rect [0 0 9 9]".utf8) + stamped[(place + invisible.utf8.count)...]
        #expect(try PDFFile(parsing: stamped).soleCoverage().coversWholeDocument)
        #expect(try !PDFFile(parsing: Array(shown)).soleCoverage().coversWholeDocument)
    }
}
