import OpenSSLCrypto
import Primitives

/// A portal as the tests play it.
struct Portal: Sendable {
    enum Authentication: Sendable {
        case basic(String)
        case post(String)
        case key(ClientKey)
        case none
    }

    let id: String
    var authentication: Authentication
    /// Empty for portals that send no browser.
    let redirectURI: String
    /// Of the example file; lines beside name, department and authentication.
    let policy: [String]
    var department = "market-regulation"
    /// Public keys beside the one it signs with.
    var moreKeys: [ClientKey] = []
    /// Whether it pushes its requests and proves a key (FAPI 2.0).
    var isStrict = false

    /// The portal's policy file.
    var file: String {
        let lines = ["name: {en: \(name), zh: \(name)}", "department: \(department)"] + authenticationLines + policy
        return lines.joined(separator: "\n") + "\n"
    }

    /// What people read of it.
    var name: String { "Portal \(id)" }

    var isPublic: Bool { if case .none = authentication { true } else { false } }

    private var authenticationLines: [String] {
        switch authentication {
        case .basic(let secret): [Portal.secret("client_secret_basic", secret)]
        case .post(let secret): [Portal.secret("client_secret_post", secret)]
        case .key(let key):
            ["authentication: {method: private_key_jwt, jwks: {keys: [\(keys([key] + moreKeys))]}}"]
        case .none: []
        }
    }

    private static func secret(_ method: String, _ secret: String) -> String {
        "authentication: {method: \(method), secretSHA256: \(OpenSSLHashing().sha256(Array(secret.utf8)))}"
    }

    /// JSON is YAML.
    private func keys(_ keys: [ClientKey]) -> String {
        keys.map { JSONValue.object($0.jwk).compactText }.joined(separator: ", ")
    }
}
