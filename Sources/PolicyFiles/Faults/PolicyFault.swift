/// One thing that is wrong in the policy folder.
package struct PolicyFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path as the loader was given it, joined with the place in the folder.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// What is wrong, and what would be right.
    package let problem: String

    package init(file: String, line: Int, column: Int, problem: String) {
        (self.file, self.line, self.column, self.problem) = (file, line, column, problem)
    }

    /// `file:line:column: problem`, as editors and CI systems find places.
    package var description: String { "\(file):\(line):\(column): \(problem)" }
}
