/// Reads a map key by key. Every key asked for is known; `finish` reports the others and what is missing.
struct MapReader {
    let place: Place
    let faults: FileFaults
    private let entries: [YAMLEntry]
    private var known: [String] = []
    private var missing: [(key: String, expectation: String)] = []

    /// `nil` with a fault reported when the value is no map.
    init?(_ value: YAMLValue, _ expectation: String, _ faults: FileFaults) {
        guard case .map(let entries) = value.content else {
            faults.report("expected \(expectation), found \(value.kind)", at: value.place)
            return nil
        }
        (self.place, self.faults, self.entries) = (value.place, faults, entries)
    }

    mutating func required<Output>(_ key: String, _ reader: Reader<Output>) -> Output? {
        guard let entry = entry(key) else {
            missing.append((key, reader.expectation))
            return nil
        }
        return reader.read(entry.value, faults)
    }

    /// `nil` where the key is not there or its value is wrong.
    mutating func optional<Output>(_ key: String, _ reader: Reader<Output>) -> Output? {
        entry(key).flatMap { reader.read($0.value, faults) }
    }

    /// Where a key stands, for keys that are allowed only beside others.
    mutating func entry(_ key: String) -> YAMLEntry? {
        if !known.contains(key) { known.append(key) }
        return entries.first { $0.key == key }
    }

    /// Names keys that were not asked for, and required ones that are not there and not just misspelt.
    consuming func finish() {
        var misspelt: Set<String> = []
        for entry in entries where !known.contains(entry.key) {
            let absent = known.filter { key in !entries.contains { $0.key == key } }
            let meant = Suggestion.nearest(to: entry.key, among: absent)
            if let meant { misspelt.insert(meant) }
            let hint = meant.map { "did you mean `\($0)`?" } ?? Suggestion.hint(for: entry.key, among: known)
            faults.report("unknown key `\(entry.key.shortened)`: \(hint)", at: entry.place)
        }
        for (key, expectation) in missing where !misspelt.contains(key) {
            faults.report("`\(key)` is missing: give \(expectation)", at: place)
        }
    }
}
