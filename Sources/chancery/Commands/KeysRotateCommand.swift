import ArgumentParser
import Audit
import Identity
import OpenSSLCrypto
import PolicyFiles
import Primitives
import Store

/// `chancery keys rotate`
struct KeysRotateCommand: AsyncParsableCommand {
    /// Keys that can be exchanged while the service runs; certificates renew themselves with `init`.
    enum Use: String, CaseIterable, ExpressibleByArgument {
        case tokenSigning = "token-signing"
    }

    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Lets the published next keys sign, and publishes new ones.",
        discussion: """
            A running service follows within two seconds. The keys that signed before stay published until nothing they
            signed counts any more. A next key signs only when it was published for five minutes, as long as portals
            remember the keys; --force does not wait: for a compromised key. Example:
              chancery keys rotate
            """)

    @Argument(help: "Which keys.")
    var use: Use = .tokenSigning

    @Flag(
        help:
            "Do not wait until every portal knows the next keys: for a compromised key. Some refuse tokens for a while."
    )
    var force = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        // Opened first: a rotation that could not be put on record is not begun.
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let rotations = try Assembly.keyFolder(assembly.settings).rotateTokenKeys(
            algorithms: assembly.policies.tokenAlgorithms,
            keptFor: TokenKeyTimes.retirement(assembly.policies.signIn), isForced: force, clock: Assembly.clock)
        for rotation in rotations {
            try await assembly.store.append(rotation.entry(at: Assembly.clock.now()))
            warn(rotation)
        }
        if json {
            Terminal.data(JSONValue.array(rotations.map(\.json)).prettyText)
        } else {
            for rotation in rotations { Terminal.data("\(rotation.algorithm.rawValue) \(rotation.active)") }
        }
    }

    /// Verifiers that fetched `/jwks` shortly before the key was published do not know it yet.
    private func warn(_ rotation: TokenKeyRotation) {
        guard let known = rotation.knownAt, Assembly.clock.now() < known else { return }
        Terminal.talk(
            "the \(rotation.algorithm.rawValue) key that signs now was published at \(rotation.publishedAt): portals that keep an older list will know it at \(known)"
        )
    }
}

extension TokenKeyRotation {
    fileprivate func entry(at: Instant) -> AuditEntry {
        var details = JSONObject([("use", "token-signing"), ("algorithm", .string(algorithm.rawValue))])
        details["retiring"] = retiring.map { .string($0) }
        return AuditEntry(.keyRotated, at: at, actor: Assembly.operatorName, object: active, details: details)
    }

    fileprivate var json: JSONValue {
        [
            "algorithm": .string(algorithm.rawValue), "active": .string(active), "retiring": .text(retiring),
            "publishedAt": .string(publishedAt.description),
        ]
    }
}
