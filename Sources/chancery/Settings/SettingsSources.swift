import Glibc
import Licensing
import Logging
import PolicyFiles

/// Looks each setting up in its sources.
struct SettingsSources {
    private static let file = "chancery.yaml"

    /// `nil` for a command that has no settings on its command line.
    let options: SettingsOptions?
    let listen: String?
    private let file: [String: String]

    init(options: SettingsOptions?, listen: String?) throws {
        (self.options, self.listen) = (options, listen)
        file = try SettingsFile.read(Self.file)
    }

    func settings() throws -> Settings {
        let keys = text(options?.keys, "CHANCERY_KEYS", "keys") ?? "keys"
        return Settings(
            issuer: try issuer(), listen: try address(),
            database: text(options?.database, "CHANCERY_DATABASE", "database") ?? "data/chancery.sqlite", keys: keys,
            passphraseFile: text(options?.passphraseFile, "CHANCERY_PASSPHRASE_FILE", "passphraseFile")
                ?? keys + "/private/passphrase",
            policies: text(options?.policies, "CHANCERY_POLICIES", "policies") ?? "policies", tls: try tls(),
            isBehindProxy: try yes("CHANCERY_BEHIND_PROXY", "behindProxy"), logLevel: try logLevel(),
            logFormat: try logFormat())
    }

    private func text(_ option: String?, _ variable: String, _ key: String) -> String? {
        option ?? Environment.value(of: variable) ?? file[key]
    }

    private func issuer() throws -> String {
        var url = text(options?.issuer, "CHANCERY_ISSUER", "issuer") ?? "http://localhost:8080"
        while url.hasSuffix("/") { url.removeLast() }
        guard Origin(of: url) != nil, !url.contains("?"), !url.contains("#") else {
            throw CommandFault(.configuration, "CHANCERY_ISSUER is not an http or https base URL: \(url)")
        }
        return url
    }

    private func address() throws -> ListenAddress {
        let text = text(listen, "CHANCERY_LISTEN", "listen") ?? "127.0.0.1:8080"
        guard let address = ListenAddress(text) else {
            throw CommandFault(.configuration, "CHANCERY_LISTEN is not address:port: \(text)")
        }
        return address
    }

    private func tls() throws -> Settings.TLSFiles? {
        let certificate = text(nil, "CHANCERY_TLS_CERTIFICATE", "tlsCertificate")
        let key = text(nil, "CHANCERY_TLS_KEY", "tlsKey")
        switch (certificate, key) {
        case (let certificate?, let key?): return Settings.TLSFiles(certificate: certificate, key: key)
        case (nil, nil): return nil
        default:
            throw CommandFault(
                .configuration, "CHANCERY_TLS_CERTIFICATE and CHANCERY_TLS_KEY go together; one is missing")
        }
    }

    private func yes(_ variable: String, _ key: String) throws -> Bool {
        switch text(nil, variable, key) {
        case "yes", "true": true
        case nil, "no", "false", "": false
        case let other?: throw CommandFault(.configuration, "\(variable) is yes or no, not \(other)")
        }
    }

    private func logLevel() throws -> Logger.Level {
        let text = text(nil, "CHANCERY_LOG_LEVEL", "logLevel") ?? "info"
        guard let level = Logger.Level(rawValue: text) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFault(.configuration, "CHANCERY_LOG_LEVEL is one of \(levels), not \(text)")
        }
        return level
    }

    private func logFormat() throws -> Settings.LogFormat? {
        guard let text = text(nil, "CHANCERY_LOG_FORMAT", "logFormat") else { return nil }
        guard let format = Settings.LogFormat(rawValue: text) else {
            throw CommandFault(.configuration, "CHANCERY_LOG_FORMAT is text or json, not \(text)")
        }
        return format
    }
}

/// The process environment.
enum Environment {
    /// `nil` when the variable is not there or empty.
    static func value(of name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
