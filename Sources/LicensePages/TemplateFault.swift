/// One thing wrong with a page template.
package struct TemplateFault: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; 1 where the fault has no place.
    package let line: Int
    /// In characters, from 1.
    package let column: Int
    /// What is wrong, and what would be right.
    package let problem: String

    package init(file: String, line: Int, column: Int, problem: String) {
        (self.file, self.line, self.column, self.problem) = (file, line, column, problem)
    }

    package var description: String { "\(file):\(line):\(column): \(problem)" }
}

/// All that is wrong with the templates of a policy folder.
package struct TemplateFaults: Error, Sendable, CustomStringConvertible {
    /// Never empty; by file, then by place.
    package let faults: [TemplateFault]

    package init(_ faults: [TemplateFault]) {
        self.faults = faults
    }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
