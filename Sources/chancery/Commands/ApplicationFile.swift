import Licensing
import Primitives

/// An application read from a file, with photos beside it.
enum ApplicationFile {
    private static let maximumBytes = 16 << 20

    static func read(_ path: String, type: LicenseType) throws -> Application {
        let bytes = try InputFile.read(path, limit: maximumBytes)
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes)
        } catch {
            throw CommandFault(.notUnderstood, "\(path) is not JSON: \(error)")
        }
        return try type.read(value, photo: photoReader(besides: path))
    }

    /// Reads `{"file": "path"}`, relative to the folder of `path`.
    static func photoReader(besides path: String) -> @Sendable (String) throws -> [UInt8] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return { name in
            try InputFile.read(name.hasPrefix("/") ? name : folder + name, limit: maximumBytes)
        }
    }
}
