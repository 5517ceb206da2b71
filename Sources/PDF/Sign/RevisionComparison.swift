/// Finds what one revision changed beyond what may follow a signature (ETSI EN 319 142-1 §5.4): the security store, document
/// time-stamps, and the extensions that announce them.
///
/// Every object that a revision gives a new value must be explained by one of these; what stays unexplained is a change.
struct RevisionComparison {
    let old: PDFView
    let new: PDFView
    let revision: PDFRevision
    let limits: PDFLimits
    var unexplained: Set<Int> = []
    var changes: [String] = []
    /// Fields of document time-stamps that this revision added.
    var timeStampFields: Set<PDFReference> = []

    /// The changes of every revision against the one before it; none for the first.
    static func changes(of revisions: [PDFRevision], store: PDFStore, limits: PDFLimits) -> [[String]] {
        guard revisions.count > 1 else { return [[]] }
        var result: [[String]] = []
        var view = PDFView(store: store)
        var work = 0
        for (index, revision) in revisions.enumerated() {
            let old = view
            view.apply(revision)
            work += view.entries.count
            if index == 0 {
                result.append([])
            } else if work > 1_000_000 {
                // Bounds the time for a file of many updates and many objects.
                result.append(["too many updates to examine"])
            } else {
                var comparison = RevisionComparison(old: old, new: view, revision: revision, limits: limits)
                result.append(comparison.run())
            }
        }
        return result
    }

    private init(old: PDFView, new: PDFView, revision: PDFRevision, limits: PDFLimits) {
        (self.old, self.new, self.revision, self.limits) = (old, new, revision, limits)
    }

    private mutating func run() -> [String] {
        findChangedObjects()
        explainCrossReferences()
        compareTrailers()
        compareCatalogs()
        compareForms()
        comparePages()
        explainSideGraphs()
        describeUnexplained()
        return changes
    }

    private mutating func findChangedObjects() {
        for (number, entry) in revision.entries {
            let before = old.entries[number] ?? .free
            if before == entry { continue }
            let isSame = generation(before) == generation(entry) && old.store.object(before) == new.store.object(entry)
            if !isSame { unexplained.insert(number) }
        }
    }

    /// `nil` for what does not exist.
    private func generation(_ entry: PDFEntry) -> Int? {
        switch entry {
        case .free: nil
        case .offset(_, let generation): generation
        case .compressed: 0
        }
    }

    /// Whether the number was not in use before.
    func isNew(_ number: Int) -> Bool { old.entries[number] ?? .free == .free }

    /// The streams that only carry the cross-reference section or other objects.
    private mutating func explainCrossReferences() {
        var carriers = revision.streamNumbers
        for case .compressed(let container, _) in revision.entries.values { carriers.insert(container) }
        for number in carriers where isNew(number) { unexplained.remove(number) }
    }

    private mutating func compareTrailers() {
        if old.trailer["Root"] != new.trailer["Root"] { changes.append("the document has another catalog") }
        if old.trailer["Info"] != new.trailer["Info"] { changes.append("the document information was replaced") }
        if old.trailer["ID"]?.array?.first != new.trailer["ID"]?.array?.first {
            changes.append("the file has another identifier")
        }
    }

    /// Only these entries of the catalog may change.
    private mutating func compareCatalogs() {
        let allowed: Set<String> = ["DSS", "AcroForm", "Extensions"]
        let (before, after) = (old.catalog, new.catalog)
        for key in Set(before.keys).union(after.keys).subtracting(allowed).sorted() where before[key] != after[key] {
            changes.append("the catalog's \(key) was changed")
        }
        if before["DSS"] != nil, after["DSS"] == nil { changes.append("the security store was removed") }
        if let root = new.trailer["Root"]?.reference, root == old.trailer["Root"]?.reference {
            unexplained.remove(root.number)
        }
    }

    /// What hangs on `DSS` and `Extensions` alone, before and after.
    private mutating func explainSideGraphs() {
        guard !unexplained.isEmpty else { return }
        let side = new.reach(from: ["DSS", "Extensions"].compactMap { new.catalog[$0] })
        let elsewhere = new.reachOutsideSideGraphs().union(old.reachOutsideSideGraphs())
        unexplained.subtract(side.subtracting(elsewhere))
    }

    private mutating func describeUnexplained() {
        for number in unexplained.sorted().prefix(16) {
            let type = old.store.object(old.entries[number] ?? .free).dictionary?["Type"]?.name
            let what = type == "Page" ? "a page (object \(number))" : "object \(number)"
            if new.entries[number] ?? .free == .free {
                changes.append("\(what) was removed")
            } else {
                changes.append("\(what) was \(isNew(number) ? "added" : "replaced")")
            }
        }
        if unexplained.count > 16 { changes.append("\(unexplained.count - 16) more objects were changed") }
    }
}

extension PDFView {
    /// Numbers of all objects that can be reached from `roots`; the catalog is not entered.
    func reach(from roots: [PDFObject]) -> Set<Int> {
        let root = trailer["Root"]?.reference?.number
        var reached: Set<Int> = []
        var open = roots
        while let object = open.popLast() {
            switch object {
            case .array(let values): open += values
            case .dictionary(let entries): open += entries.values
            case .stream(let stream): open += stream.dictionary.values
            case .reference(let reference):
                guard reference.number != root, reached.insert(reference.number).inserted else { continue }
                open.append(self.object(reference))
            default: break
            }
        }
        return reached
    }

    func reachOutsideSideGraphs() -> Set<Int> {
        var catalog = catalog
        catalog["DSS"] = nil
        catalog["Extensions"] = nil
        var trailer = trailer
        trailer["Root"] = nil
        return reach(from: [.dictionary(catalog), .dictionary(trailer)])
    }
}
