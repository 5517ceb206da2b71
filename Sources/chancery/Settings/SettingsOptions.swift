import ArgumentParser

/// Settings on the command line; each may come from the environment or `chancery.yaml` instead.
struct SettingsOptions: ParsableArguments {
    @Option(help: "Public base URL (CHANCERY_ISSUER).")
    var issuer: String?

    @Option(help: "Path of the SQLite database (CHANCERY_DATABASE).")
    var database: String?

    @Option(help: "Key folder (CHANCERY_KEYS).")
    var keys: String?

    @Option(help: "File with the passphrase of the private keys (CHANCERY_PASSPHRASE_FILE).")
    var passphraseFile: String?

    @Option(help: "Policy folder (CHANCERY_POLICIES).")
    var policies: String?

    /// - Parameter listen: only `serve` has it on its command line.
    func settings(listen: String? = nil) throws -> Settings {
        try SettingsSources(options: self, listen: listen).settings()
    }
}
