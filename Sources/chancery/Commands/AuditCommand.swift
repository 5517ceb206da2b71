import ArgumentParser
import Audit
import OpenSSLCrypto
import Primitives
import Store

/// `chancery audit verify` and `export`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Checks and reads the audit trail.",
        subcommands: [AuditVerifyCommand.self, AuditExportCommand.self])
}

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes the whole log and names the first bad entry; exit 1 if there is one.",
        discussion:
            "Works while the service runs. Examples:\n  chancery audit verify\n  chancery audit verify --checkpoint kept.txt"
    )

    @Option(help: ArgumentHelp("A checkpoint kept elsewhere, which the log must still contain.", valueName: "file"))
    var checkpoint: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(inspecting: try options.settings())
        defer { assembly.close() }
        let kept = try checkpoint.map { try read($0, assembly) }
        let report = try await assembly.store.auditVerification(verifier: Assembly.signatureVerifier, kept: kept)
        if json { Terminal.data(report.json.compactText) }
        guard report.isSound else {
            let place = report.firstBadEntry.map { "entry \($0) is bad" } ?? "the log is bad"
            throw CommandFault(.refused, "\(place): \(report.problem ?? "")")
        }
        if !json { Terminal.data("sound: \(report.size) entries, root \(Base64.encode(report.root.bytes))") }
    }

    private func read(_ path: String, _ assembly: Assembly) throws -> AuditCheckpoint {
        let note = try InputFile.read(path, limit: 1 << 16)
        do {
            return try AuditCheckpoint(
                note: note, of: assembly.store.log, hashing: Assembly.hashing, verifier: Assembly.signatureVerifier)
        } catch {
            throw CommandFault(.notUnderstood, "\(path) is no checkpoint of this log: \(error)")
        }
    }
}

extension AuditReport {
    fileprivate var json: JSONValue {
        [
            "sound": .bool(isSound), "size": .integer(size), "root": .string(Base64.encode(root.bytes)),
            "firstBadEntry": firstBadEntry.map { .integer($0) } ?? .null, "problem": .text(problem),
        ]
    }
}

struct AuditExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints every audit entry as one JSON line, oldest first.",
        discussion: "Works while the service runs. Example:\n  chancery audit export > audit.jsonl")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readOnly)
        defer { assembly.close() }
        for try await entry in assembly.store.exportAudit() { Terminal.data(JSONValue.object(entry).compactText) }
    }
}
