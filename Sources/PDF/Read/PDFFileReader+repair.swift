/// Refuses what only a reader that repairs would find. Such a reader searches the bytes for objects when something
/// small displeases it, and then shows what no table lists, while a strict one sees the document as signed.
extension PDFFileReader {
    /// No update may hold the words that begin an object, a trailer or the end of a file but where they do so: not in
    /// streams, strings or comments. The signed part is its signer's; an update may come from anyone.
    func checkNothingToRepair(after signed: PDFRevision) throws(PDFFault) {
        let starts = Set(bodies.values.map(\.range.lowerBound)).union(keywords)
        let bytes = bytes
        for position in signed.end..<max(signed.end, bytes.count) {
            let word: Int? =
                switch bytes[position] {
                case UInt8(ascii: "o"): PDFFileReader.objectHeader(in: bytes, at: position)
                case UInt8(ascii: "t"): PDFFileReader.isTrailer(bytes, at: position) ? position : nil
                case UInt8(ascii: "s"): PDFFileReader.has("startxref", in: bytes, at: position) ? position : nil
                default: nil
                }
            if let word, !starts.contains(word) { throw .unlistedBytes(offset: word) }
        }
    }

    /// Object streams and cross-reference streams that are not used as such could be taken for them.
    func checkStreamTypes() throws(PDFFault) {
        for (offset, body) in bodies {
            guard case .stream(let stream) = body.object else { continue }
            let entries = stream.dictionary
            let looksLikeObjects = entries["Type"] == .name("ObjStm") || entries["N"] != nil && entries["First"] != nil
            let isUsed = members[offset] != nil || sectionStreams.contains(offset)
            if looksLikeObjects || entries["Type"] == .name("XRef"), !isUsed { throw .unlistedBytes(offset: offset) }
        }
    }

    /// Where `N G` begins before an `obj` at `position`; `nil` when there is no such header.
    private static func objectHeader(in bytes: [UInt8], at position: Int) -> Int? {
        guard has("obj", in: bytes, at: position) else { return nil }
        var start = position
        func skip(_ isPart: (UInt8) -> Bool) -> Bool {
            let end = start
            while start > 0, isPart(bytes[start - 1]) { start -= 1 }
            return start < end
        }
        _ = skip(PDFCharacter.isWhitespace)
        guard skip(PDFCharacter.isDigit), skip(PDFCharacter.isWhitespace), skip(PDFCharacter.isDigit) else {
            return nil
        }
        return start
    }

    private static func isTrailer(_ bytes: [UInt8], at position: Int) -> Bool {
        guard has("trailer", in: bytes, at: position) else { return false }
        return bytes[(position + 7)...].drop(while: PDFCharacter.isWhitespace).starts(with: "<<".utf8)
    }

    private static func has(_ word: StaticString, in bytes: [UInt8], at position: Int) -> Bool {
        bytes[position...].starts(with: word.description.utf8)
    }
}
