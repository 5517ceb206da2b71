/// The page templates a type names; they must lie in its folder.
struct PageFiles {
    /// Path of the type's folder, and how it is printed.
    let folder: String
    let printed: String

    /// `{zh: page.svg}` as files by language.
    var reader: Reader<[String: String]> {
        let expectation = "a page template by language, for example `{zh: page.svg}`"
        return Reader(expectation) { value, faults in
            guard case .map(let entries) = value.content else {
                faults.report("expected \(expectation), found \(value.kind)", at: value.place)
                return nil
            }
            var files: [String: String] = [:]
            for entry in entries {
                faults.reportLanguage(entry.key, at: entry.place)
                guard let name = Reader<String>.pageName.placed.read(entry.value, faults) else { continue }
                files[entry.key] = name.value
                if let problem = problem(name.value) { faults.report(problem, at: name.place) }
            }
            // Not taken for a type without pages.
            return files.count == entries.count ? files : nil
        }
    }

    private func problem(_ name: String) -> String? {
        guard !PolicyFile.isThere(folder + "/" + name) else { return nil }
        let pages = FolderListing(folder)?.files.filter { $0.hasSuffix(".svg") } ?? []
        let hint =
            Suggestion.nearest(to: name, among: pages).map { "did you mean `\($0)`?" }
            ?? (pages.isEmpty ? "draw one there" : "there are \(Suggestion.list(pages, "and"))")
        return "there is no page template `\(name)` in \(printed): \(hint)"
    }
}

extension Reader where Output == String {
    /// One name without a folder, so that no template is read from elsewhere.
    fileprivate static var pageName: Reader {
        scalar("the name of an SVG file in the type's folder") { text, _ throws(Misreading) in
            let isPlain = !text.contains("/") && !text.hasPrefix(".") && text.hasSuffix(".svg")
            guard isPlain, (5...128).contains(text.utf8.count) else {
                throw Misreading(
                    "`\(text.shortened)` is no page template: name an SVG file in the type's own folder, `page.svg`")
            }
            return text
        }
    }
}
