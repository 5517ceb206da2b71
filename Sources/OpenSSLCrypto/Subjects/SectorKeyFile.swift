import Primitives

/// A sector key at rest: 32 random bytes sealed under the data key, as PEM. It opens without stretching a passphrase.
enum SectorKeyFile {
    static let label = "CHANCERY SECTOR KEY"

    static func seal(_ key: Secret, version: Int, by sealing: any Sealing) throws -> String {
        PEM(label: label, bytes: try sealing.seal(key, context: context(version))).text
    }

    /// `nil` when the data key or the version is another, or a bit was changed.
    static func open(_ file: [UInt8], version: Int, by sealing: any Sealing) -> Secret? {
        guard let bytes = PEM.single(label, in: file), let key = try? sealing.open(bytes, context: context(version)),
            key.exposedBytes.count == 32
        else { return nil }
        return key
    }

    private static func context(_ version: Int) -> String { "sector key \(version)" }
}
