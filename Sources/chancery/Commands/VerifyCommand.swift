import ArgumentParser
import Glibc
import Licensing
import OpenSSLCrypto
import Primitives

/// `chancery verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies licenses: PDF, SD-JWT VC, the text of a QR code, or a number.",
        discussion: """
            Needs no database, no policies and, with --offline, no network. Exit 0: all valid; 1: one is invalid; 2: one
            cannot be told. Examples:
              chancery verify license.pdf --trust root.pem
              chancery verify license.pdf --trust root.pem --status status.bundle --offline
              echo 'HTTPS://…/V#…' | chancery verify - --trust root.pem --status status.bundle
              chancery verify 1.2.156.3005.2.… --from https://licenses.example --trust root.pem
            """)

    @Argument(help: ArgumentHelp("Files, - for standard input, or license numbers.", valueName: "file|-|number"))
    var inputs: [String]

    @Option(
        help: ArgumentHelp(
            "Trust anchors: a PEM or DER file, or a folder of them; repeatable. Default: keys/trust where it is there.",
            valueName: "path"))
    var trust: [String] = []

    @Option(
        help: ArgumentHelp(
            "Status material: a bundle, a status list or a CRL, or a folder of them; repeatable.", valueName: "path"))
    var status: [String] = []

    @Flag(help: "Never use the network.")
    var offline = false

    @Option(help: ArgumentHelp("Ask about this moment, RFC 3339 (2026-01-31T12:00:00Z).", valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("Service that knows license numbers (default: CHANCERY_ISSUER).", valueName: "url"))
    var from: String?

    @Flag(help: "Print the verdicts as a JSON array.")
    var json = false

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("Name a file, - or a license number.") }
        if let at, Instant(at) == nil {
            throw ValidationError("--at is a moment as RFC 3339 (2026-01-31T12:00:00Z), not \(at)")
        }
    }

    func run() async throws {
        let now = Assembly.clock.now()
        let options = VerificationOptions(at: at.flatMap { Instant($0) } ?? now, isOffline: offline)
        let fetcher = offline ? nil : HTTPStatusFetcher()
        let desk = VerificationDesk(
            material: try MaterialFiles.read(trust: trust, status: status), options: options, fetcher: fetcher,
            service: from)
        let documents = try await desk.documents(inputs)
        var verdicts: [Verdict] = []
        for document in documents { verdicts.append(try await desk.verdict(on: document, isAlone: inputs.count == 1)) }
        Terminal.data(
            json
                ? JSONValue.array(verdicts.map(\.json)).prettyText
                : verdicts.map { text($0) }.joined(separator: "\n\n"))
        let status = exitStatus(verdicts)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    /// Several inputs are told apart by a line with their names.
    private func text(_ verdict: Verdict) -> String {
        inputs.count == 1 ? verdict.plainText : "\(verdict.input):\n\(verdict.plainText)"
    }

    private func exitStatus(_ verdicts: [Verdict]) -> ExitStatus {
        if verdicts.contains(where: { $0.indication == .totalFailed }) { return .refused }
        return verdicts.contains { $0.indication == .indeterminate } ? .indeterminate : .done
    }
}
