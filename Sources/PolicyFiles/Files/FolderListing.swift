import FoundationEssentials

/// The entries of a folder that mean something: dot files, Markdown and editors' backups are left out.
struct FolderListing {
    /// No state has more departments or license types.
    static let maximumCount = 5000

    /// Names in order.
    let files: [String]
    let folders: [String]

    /// `nil` when `path` is no folder that can be read.
    init?(_ path: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path),
            names.count <= FolderListing.maximumCount
        else { return nil }
        let meant = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") && !$0.hasSuffix("~") }.sorted()
        folders = meant.filter { FolderListing.isFolder(path + "/" + $0) }
        files = meant.filter { !FolderListing.isFolder(path + "/" + $0) }
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
