/// Why the key folder cannot be used. One line that names the file; holds no key and no passphrase.
package struct KeyFolderFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path of the file or folder.
    package let file: String
    package let problem: String

    init(_ file: String, _ problem: String) {
        (self.file, self.problem) = (file, problem)
    }

    package var description: String { "\(file): \(problem)" }
}
