/// Reads `chancery.yaml`, the last place where settings are looked up before their defaults.
package enum SettingsFile {
    /// Its keys, each the name of an environment variable in another spelling (`passphraseFile`:
    /// `CHANCERY_PASSPHRASE_FILE`).
    package static let keys = [
        "issuer", "listen", "database", "keys", "passphraseFile", "policies", "tlsCertificate", "tlsKey", "behindProxy",
        "logLevel", "logFormat",
    ]

    /// The settings of the file at `path`; none when there is no such file.
    package static func read(_ path: String) throws(PolicyFaults) -> [String: String] {
        guard PolicyFile.isThere(path) else { return [:] }
        let log = FaultLog()
        let settings = settings(path, FileFaults(file: path, log: log))
        guard log.isEmpty else { throw PolicyFaults(log.sorted) }
        return settings
    }

    private static func settings(_ path: String, _ faults: FileFaults) -> [String: String] {
        guard let text = PolicyFile.text(path, faults), let root = YAMLDocument.read(text, faults),
            var map = MapReader(root, "settings such as `issuer: https://licenses.example`", faults)
        else { return [:] }
        var settings: [String: String] = [:]
        for key in keys {
            settings[key] = map.optional(key, .text("the value of `\(key)`", maximumLength: 2048))
        }
        map.finish()
        return settings
    }
}
