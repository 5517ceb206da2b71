import Primitives

/// What a signature's byte range covers of the file, and what was changed after it.
package struct PDFCoverage: Hashable, Sendable {
    /// Nothing is wrong with the byte range, and after it there is nothing or only validation data and time-stamps.
    package let coversWholeDocument: Bool
    /// In plain words; empty when later revisions hold only validation data and document time-stamps.
    package let changesAfterSigning: [String]
    package let faults: [PDFFault]
}

extension PDFFile {
    /// Judges the byte range of one of `signatures()`.
    package func coverage(of signature: PDFSignature) -> PDFCoverage {
        do throws(PDFFault) {
            try checkNumbers(signature)
            try checkGap(signature)
            let index = try coveredRevision(signature)
            try checkSameDictionary(signature, since: index)
            try checkForm(signature)
            let changes = self.changes[(index + 1)...].flatMap { $0 }
            return PDFCoverage(coversWholeDocument: changes.isEmpty, changesAfterSigning: changes, faults: [])
        } catch {
            return PDFCoverage(coversWholeDocument: false, changesAfterSigning: [], faults: [error])
        }
    }

    /// Four numbers, from 0, in order, in the file.
    private func checkNumbers(_ signature: PDFSignature) throws(PDFFault) {
        let range = signature.byteRange
        guard range.count == 4, range.allSatisfy({ $0 >= 0 }) else {
            throw .signature("ByteRange is not four numbers from 0 up")
        }
        guard range[0] == 0 else { throw .signature("ByteRange does not start at 0") }
        guard range[1] <= bytes.count, range[2] <= bytes.count, range[3] <= bytes.count - range[2] else {
            throw .signature("ByteRange reaches beyond the file")
        }
        guard range[1] < range[2] else { throw .signature("parts of ByteRange overlap") }
    }

    /// The gap is the token `<hex digits>` of this dictionary's own `Contents`, and nothing else.
    private func checkGap(_ signature: PDFSignature) throws(PDFFault) {
        guard case .offset(let offset, _) = current.entries[signature.reference.number] else {
            throw .signature("stands in an object stream")
        }
        var parser = PDFParser(bytes, at: offset, limits: limits)
        _ = try parser.objectHeader()
        parser.skipSpace()
        var contents: Range<Int>?
        try parser.eachEntry { key, _, place in if key == "Contents" { contents = place } }
        let gap = signature.byteRange[1]..<signature.byteRange[2]
        guard contents == gap else { throw .signature("the gap of ByteRange is not exactly Contents") }
        let token = bytes[gap]
        guard token.first == UInt8(ascii: "<"), token.last == UInt8(ascii: ">"),
            token.dropFirst().dropLast().allSatisfy({ Hexadecimal.value($0) != nil })
        else { throw .signature("Contents is no plain hexadecimal string") }
    }

    /// The revision that ends where the byte range ends. The line end after an earlier `%%EOF` may be left out: it may have
    /// come with the update behind it.
    private func coveredRevision(_ signature: PDFSignature) throws(PDFFault) -> Int {
        let end = signature.byteRange[2] + signature.byteRange[3]
        guard let index = revisions.firstIndex(where: { ($0.markerEnd...$0.end).contains(end) }),
            index < revisions.count - 1 || end == bytes.count
        else {
            throw .signature("ByteRange does not end with a revision")
        }
        return index
    }

    /// The dictionary must be the one that the covered revision has, or an update has slipped in another.
    private func checkSameDictionary(_ signature: PDFSignature, since index: Int) throws(PDFFault) {
        let number = signature.reference.number
        let signed = revisions[...index].reversed().lazy.compactMap { $0.entries[number] }.first
        guard let signed, signed == current.entries[number] else {
            throw .signature("the dictionary is not part of what it signs")
        }
    }

    /// The encodings that PAdES allows (ETSI EN 319 142-1 §5.3 and §5.4.3, ISO 32000-2 §12.8.3).
    private func checkForm(_ signature: PDFSignature) throws(PDFFault) {
        let allowed = signature.kind == .documentTimeStamp ? "ETSI.RFC3161" : "ETSI.CAdES.detached"
        guard signature.subFilter == allowed else { throw .signature("SubFilter is not allowed") }
    }
}
