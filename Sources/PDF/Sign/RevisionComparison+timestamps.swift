extension RevisionComparison {
    /// The form may only grow by fields of document time-stamps.
    mutating func compareForms() {
        let (before, after) = (old.catalog["AcroForm"], new.catalog["AcroForm"])
        guard let oldForm = old.resolve(before).dictionary, let newForm = new.resolve(after).dictionary else {
            if old.resolve(before) != new.resolve(after) { changes.append("the form was added or removed") }
            return
        }
        for key in Set(oldForm.keys).union(newForm.keys).subtracting(["Fields", "SigFlags"]).sorted()
        where oldForm[key] != newForm[key] {
            changes.append("the form's \(key) was changed")
        }
        if oldForm["SigFlags"] != newForm["SigFlags"], newForm["SigFlags"] != .integer(3) {
            changes.append("the form's SigFlags were changed")
        }
        let oldFields = old.resolve(oldForm["Fields"]).array ?? []
        let newFields = new.resolve(newForm["Fields"]).array ?? []
        guard newFields.starts(with: oldFields) else {
            changes.append("form fields were removed or replaced")
            return
        }
        explainHolder(before, after)
        explainHolder(oldForm["Fields"], newForm["Fields"])
        for field in newFields.dropFirst(oldFields.count) { addField(field) }
    }

    /// The object that holds a form or list: the same as before, or a new one.
    private mutating func explainHolder(_ before: PDFObject?, _ after: PDFObject?) {
        guard let reference = after?.reference, before == after || isNew(reference.number) else { return }
        unexplained.remove(reference.number)
    }

    private mutating func addField(_ field: PDFObject) {
        guard let reference = field.reference, isNew(reference.number),
            case .dictionary(let entries) = new.object(reference), isTimeStampField(entries),
            let value = entries["V"]?.reference, isNew(value.number),
            case .dictionary(let stamp) = new.object(value), stamp["Type"] == .name("DocTimeStamp"),
            stamp["SubFilter"] == .name("ETSI.RFC3161"), new.reach(from: [.dictionary(stamp)]).isEmpty
        else {
            changes.append("a form field that is no document time-stamp was added")
            return
        }
        timeStampFields.insert(reference)
        unexplained.subtract([reference.number, value.number])
    }

    /// A signature field merged with an invisible widget, without actions or appearance.
    private func isTimeStampField(_ entries: PDFDictionary) -> Bool {
        let allowed: Set<String> = ["Type", "Subtype", "FT", "T", "TU", "V", "F", "Ff", "P", "Rect"]
        guard entries["FT"] == .name("Sig"), Set(entries.keys).isSubset(of: allowed) else { return false }
        return entries["Rect"] == nil || new.isEmptyRectangle(entries["Rect"])
    }

    /// A page may only get the widgets of these time-stamps.
    mutating func comparePages() {
        guard !unexplained.isEmpty, let pages = try? old.pages(limits) else { return }
        for page in pages {
            guard case .dictionary(let before) = old.object(page.reference),
                case .dictionary(let after) = new.object(page.reference)
            else { continue }
            let list = after["Annots"]?.reference
            guard unexplained.contains(page.reference.number) || list.map({ unexplained.contains($0.number) }) ?? false
            else { continue }
            let oldList = old.resolve(before["Annots"]).array ?? []
            let newList = new.resolve(after["Annots"]).array ?? []
            let added = newList.dropFirst(oldList.count).map { $0.reference }
            guard newList.starts(with: oldList), added.allSatisfy({ $0.map(timeStampFields.contains) ?? false }),
                before.filter({ $0.key != "Annots" }) == after.filter({ $0.key != "Annots" })
            else { continue }
            unexplained.remove(page.reference.number)
            explainHolder(before["Annots"], after["Annots"])
        }
    }
}

extension PDFView {
    /// Whether a `Rect` has no area.
    func isEmptyRectangle(_ rectangle: PDFObject?) -> Bool {
        let numbers = (resolve(rectangle).array ?? []).compactMap { resolve($0).number }
        return numbers.count == 4 && (numbers[0] == numbers[2] || numbers[1] == numbers[3])
    }
}
