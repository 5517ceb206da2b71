/// Finds what one revision changed beyond what may follow a signature (ETSI EN 319 142-1 §5.4): the security store, document
/// time-stamps, the extensions that announce them, and the date and program of the last change.
///
/// Every object that a revision gives a new value must be explained by one of these; what stays unexplained is a change.
struct RevisionComparison {
    let old: PDFView
    let new: PDFView
    let revision: PDFRevision
    let limits: PDFLimits
    var unexplained: Set<Int> = []
    var changes: [String] = []
    /// New objects that the signed revision referred to in vain: they may fill a place in a page, whatever else they are.
    private var awaited: Set<Int> = []
    /// Fields of document time-stamps that this revision added.
    var timeStampFields: Set<PDFReference> = []

    /// Entries and values that may be walked through for all revisions together.
    private static let mostWork = 10_000_000

    /// The changes of every revision against the one before it; none for the first.
    static func changes(of revisions: [PDFRevision], store: PDFStore, limits: PDFLimits) -> [[String]] {
        guard revisions.count > 1 else { return [[]] }
        var result: [[String]] = []
        var view = PDFView(store: store)
        var work = 0
        for (index, revision) in revisions.enumerated() {
            let old = view
            view.apply(revision)
            work += view.entries.count + store.values
            if index == 0 {
                result.append([])
            } else if work > mostWork {
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
        let fresh = unexplained.filter { isNew($0) }
        if !fresh.isEmpty { awaited = old.reach().intersection(fresh) }
        explainCrossReferences()
        compareTrailers()
        compareCatalogs()
        compareForms()
        comparePages()
        explainSideGraphs()
        explainLastChange()
        unexplained.formUnion(awaited)
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
        unexplained.subtract(side.subtracting(reachElsewhere(catalog: ["DSS", "Extensions"], trailer: [])))
    }

    /// What was or is in reach without these entries.
    func reachElsewhere(catalog: Set<String>, trailer: Set<String>) -> Set<Int> {
        old.reach(withoutCatalog: catalog, withoutTrailer: trailer)
            .union(new.reach(withoutCatalog: catalog, withoutTrailer: trailer))
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

    /// Numbers of all objects in reach, whether they exist or not, but for the catalog itself and what hangs on the
    /// given entries alone.
    func reach(withoutCatalog keys: Set<String> = [], withoutTrailer others: Set<String> = []) -> Set<Int> {
        reach(from: [
            .dictionary(catalog.filter { !keys.contains($0.key) }),
            .dictionary(trailer.filter { $0.key != "Root" && !others.contains($0.key) }),
        ])
    }
}
