import ArgumentParser
import Licensing
import Primitives
import Store

/// `chancery show`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows a license's state, history and documents.",
        discussion:
            "Examples:\n  chancery show NUMBER\n  chancery show NUMBER --out issued   (writes its documents again)")

    @Argument(help: "License number.")
    var number: String

    @Option(help: ArgumentHelp("Write the documents to this folder.", valueName: "dir"))
    var out: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let number = try NumberArgument.read(number)
        let assembly = try Assembly(try options.settings(), mode: .readOnly)
        defer { assembly.close() }
        guard let record = try await assembly.store.record(of: number) else { throw NumberArgument.unknown(number) }
        let history = try await assembly.store.history(of: number)
        let documents = try await assembly.office.documents(of: number)
        if let out { try IssuedFiles.save(documents, to: try OutputFolder(out)) }
        let shown = LicenseAccount(record: record, history: history, documents: documents)
        Terminal.data(json ? shown.json.prettyText : shown.text)
    }
}

/// All that the register tells of a license; nothing personal.
struct LicenseAccount {
    let record: LicenseRecord
    let history: [LicenseHistoryEntry]
    let documents: [IssuedDocument]

    var json: JSONValue {
        [
            "number": .string(record.number.description), "type": .string(record.typeID),
            "department": .string(record.departmentID), "state": .string(record.state.rawValue),
            "validFrom": .string(record.validFrom.description), "validUntil": .text(record.validUntil?.description),
            "issuedAt": .text(record.issuedAt?.description),
            "supersedes": .text(record.supersedes?.description),
            "supersededBy": .text(record.supersededBy?.description),
            "history": .array(
                history.map { step in
                    [
                        "at": .string(step.at.description), "state": .string(step.state.rawValue),
                        "reason": .text(step.reason), "actor": .string(step.actor),
                    ]
                }),
            "documents": .array(
                documents.map { ["file": .string($0.fileName), "bytes": .integer($0.bytes.count)] }),
        ]
    }

    var text: String {
        var lines = [
            "\(record.number)", "  state       \(record.state.rawValue)", "  type        \(record.typeID)",
            "  department  \(record.departmentID)",
            "  valid       \(record.validFrom) to \(record.validUntil?.description ?? "unlimited")",
        ]
        if let issuedAt = record.issuedAt { lines.append("  issued      \(issuedAt)") }
        if let earlier = record.supersedes { lines.append("  replaces    \(earlier)") }
        if let later = record.supersededBy { lines.append("  replaced by \(later)") }
        lines.append("  history")
        lines += history.map { step in
            "    \(step.at)  \(step.state.rawValue)  \(step.actor)\(step.reason.map { "  (\($0))" } ?? "")"
        }
        lines.append("  documents")
        lines += documents.map { "    \($0.fileName)  \($0.bytes.count) bytes" }
        return lines.joined(separator: "\n")
    }
}
