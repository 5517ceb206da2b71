import Licensing

/// Reads what `--trust` and `--status` name.
enum MaterialFiles {
    private static let maximumBytes = 64 << 20

    static func read(trust: [String], status: [String]) throws -> VerificationMaterial {
        var material = VerificationMaterial()
        for file in try files(trust.isEmpty ? defaultTrust : trust) { try add(file, as: .trust, to: &material) }
        for file in try files(status) { try add(file, as: .status, to: &material) }
        return material
    }

    /// The anchors of the key folder, on a machine that has one.
    private static var defaultTrust: [String] {
        let folder = (Environment.value(of: "CHANCERY_KEYS") ?? "keys") + "/trust"
        return InputFile.isFolder(folder) ? [folder] : []
    }

    private static func files(_ paths: [String]) throws -> [String] {
        try paths.flatMap { InputFile.isFolder($0) ? try InputFile.files(in: $0) : [$0] }
    }

    private static func add(
        _ path: String, as use: VerificationMaterial.Use, to material: inout VerificationMaterial
    ) throws {
        let bytes = try InputFile.read(path, limit: maximumBytes)
        do {
            try material.add(file: bytes, as: use, paths: Assembly.paths)
        } catch {
            throw CommandFault(.notUnderstood, "\(path): \(error)")
        }
    }
}
