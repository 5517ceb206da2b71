import Logging

/// All settings of one run, from the first source that names each: command line, environment, `chancery.yaml`, default.
struct Settings: Sendable {
    /// Public base URL without a final slash.
    let issuer: String
    let listen: ListenAddress
    let database: String
    let keys: String
    let passphraseFile: String
    let policies: String
    let tls: TLSFiles?
    let isBehindProxy: Bool
    let logLevel: Logger.Level
    /// `nil`: text on a terminal, else JSON.
    let logFormat: LogFormat?

    struct TLSFiles: Sendable {
        let certificate: String
        let key: String
    }

    enum LogFormat: String, Sendable {
        case text, json
    }
}

/// Address and port to listen on.
struct ListenAddress: Sendable {
    let host: String
    let port: Int

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `:8080`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.host = host.isEmpty ? "0.0.0.0" : host
        self.port = port
    }
}
