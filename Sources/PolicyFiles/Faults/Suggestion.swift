/// "did you mean": the known word nearest to one that is unknown.
enum Suggestion {
    /// `nil` when nothing is near: at most one edit in three characters, and letter case counts for nothing.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars)
        guard wanted.count <= 64 else { return nil }
        let ranked = known.map { (distance(wanted, Array($0.lowercased().unicodeScalars)), $0) }
        guard let best = ranked.min(by: { $0 < $1 }), best.0 <= max(1, wanted.count / 3) else { return nil }
        return best.1
    }

    /// `: did you mean …?`, else what is known.
    static func hint(for word: String, among known: [String]) -> String {
        if let nearest = nearest(to: word, among: known) { return "did you mean `\(nearest)`?" }
        return known.isEmpty ? "there is none" : "known are \(list(known, "and"))"
    }

    /// `a, b and c` in the alphabet's order; a long list is cut.
    static func list(_ words: [String], _ conjunction: String) -> String {
        let quoted = words.sorted().map { "`\($0)`" }
        if quoted.count > 20 { return quoted.prefix(20).joined(separator: ", ") + ", …" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
        return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let substitution = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var cost = min(last[column] + 1, current[column - 1] + 1, substitution)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
