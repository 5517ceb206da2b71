extension RevisionComparison {
    /// Writers that add validation data also note when and by what program the file was changed last, in the document
    /// information and in the XMP metadata; nothing of it is shown on a page.
    mutating func explainLastChange() {
        guard !unexplained.isEmpty else { return }
        let (information, metadata) = (new.trailer["Info"]?.reference, new.catalog["Metadata"]?.reference)
        let candidates = [information, metadata].compactMap { $0?.number }.filter(unexplained.contains)
        guard !candidates.isEmpty else { return }
        let elsewhere = reachElsewhere(catalog: ["Metadata"], trailer: ["Info"])
        if let information, !elsewhere.contains(information.number), isSameInformation(information) {
            unexplained.remove(information.number)
        }
        if let metadata, !elsewhere.contains(metadata.number), isSameMetadata(metadata) {
            unexplained.remove(metadata.number)
        }
    }

    /// Equal but for `ModDate` and `Producer`.
    private func isSameInformation(_ reference: PDFReference) -> Bool {
        guard case .dictionary(let before) = old.object(reference), case .dictionary(let after) = new.object(reference)
        else { return false }
        let free: Set<String> = ["ModDate", "Producer"]
        return after.filter { free.contains($0.key) }.allSatisfy { $0.value.string != nil }
            && before.filter { !free.contains($0.key) } == after.filter { !free.contains($0.key) }
    }

    /// Equal XMP packets but for the same two values and the toolkit's name.
    private func isSameMetadata(_ reference: PDFReference) -> Bool {
        guard case .stream(let before) = old.object(reference), case .stream(let after) = new.object(reference),
            before.dictionary == after.dictionary
        else { return false }
        var budget = DecodingBudget(limits)
        guard let old = try? PDFFilters.decode(before, budget: &budget, resolve: { old.resolve($0) }),
            let new = try? PDFFilters.decode(after, budget: &budget, resolve: { new.resolve($0) })
        else { return false }
        return RevisionComparison.withoutLastChange(old) == RevisionComparison.withoutLastChange(new)
    }

    /// The packet with the values of these attributes cut out (ISO 16684-1 §7.4: simple properties as attributes).
    private static func withoutLastChange(_ packet: [UInt8]) -> [UInt8] {
        let names = ["xmp:ModifyDate=\"", "xmp:MetadataDate=\"", "pdf:Producer=\"", "x:xmptk=\""].map { Array($0.utf8) }
        var kept: [UInt8] = []
        var position = 0
        while position < packet.count {
            kept.append(packet[position])
            position += 1
            guard kept.last == UInt8(ascii: "\""), names.contains(where: { kept.suffix($0.count).elementsEqual($0) })
            else { continue }
            // Values only: nothing that could end the attribute or stand for mark-up.
            while position < packet.count, !"\"<>&".utf8.contains(packet[position]) { position += 1 }
        }
        return kept
    }
}
