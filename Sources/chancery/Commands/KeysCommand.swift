import ArgumentParser
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives

/// `chancery keys list` and `rotate`
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Works on the key folder.",
        subcommands: [KeysListCommand.self, KeysRotateCommand.self])
}

struct KeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists every key: use, algorithm, state, dates.",
        discussion:
            "States: next (published, not yet used), active, retiring (still trusted, signs no more), gone.\n\nExample:\n  chancery keys list"
    )

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings()
        let policy = try Assembly.policies(settings).licensing
        let folder = try Assembly.keyFolder(settings).open(
            authority: policy.authority, departments: Assembly.departments(policy), at: Assembly.clock.now())
        let keys = folder.keys + (try folder.signOnKeys(at: Assembly.clock.now()))
        Terminal.data(json ? JSONValue.array(keys.map(\.json)).prettyText : table(keys))
    }

    private func table(_ keys: [KeyDescription]) -> String {
        let rows = [["USE", "NAME", "ALGORITHM", "STATE", "FROM", "UNTIL"]] + keys.map(\.columns)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

extension KeyDescription {
    fileprivate var columns: [String] {
        [use, name, algorithm, state.rawValue, notBefore?.date.description ?? "-", notAfter?.date.description ?? "-"]
    }

    fileprivate var json: JSONValue {
        [
            "use": .string(use), "name": .string(name), "algorithm": .string(algorithm),
            "state": .string(state.rawValue),
            "notBefore": .text(notBefore?.description), "notAfter": .text(notAfter?.description),
            "file": .string(file),
        ]
    }
}
