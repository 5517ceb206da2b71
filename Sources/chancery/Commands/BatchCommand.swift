import ArgumentParser
import Glibc
import Licensing
import Primitives
import Store

/// `chancery batch`
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Issues one license per row of a CSV or JSON Lines file.",
        discussion: """
            Run it again after a stop: nothing is issued twice. Bad rows go to DIR/rejected.csv with their number and
            reason, DIR/issued.csv lists the others; exit 1 when there were bad rows. Example:
              chancery batch --type food-permit --input rows.csv --out issued
            CSV columns: holder.name, holder.idType, holder.id and the type's field names; photos are files beside the
            table. JSON Lines: one application a line.
            """)

    @Option(help: "License type: the name of its folder in the policies.")
    var type: String

    @Option(help: ArgumentHelp("rows.csv or rows.jsonl.", valueName: "file"))
    var input: String

    @Option(help: ArgumentHelp("Folder for documents and reports; remembers the batch.", valueName: "dir"))
    var out: String

    @Option(help: "Issuing department, where several may issue the type.")
    var department: String?

    @Flag(help: "Print one {\"number\", \"files\"} line per license.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let type = try assembly.policy.knownType(type)
        let rows = try BatchInput(input, type: type)
        let folder = try OutputFolder(out)
        let batch = Batch(
            type: type, office: try await assembly.issuingOffice(), department: department, folder: folder,
            journal: try BatchJournal(folder), photo: ApplicationFile.photoReader(besides: input),
            width: max(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) * 4)
        let reports = try BatchReports(folder, columns: rows.columns)
        let progress = ProgressBar("licenses", clock: Assembly.clock)
        let summary = try await batch.run(rows, progress: progress) { row, outcome in
            try report(row, outcome, to: reports)
        }
        progress.finish()
        Terminal.talk(
            "\(summary.issued) issued, \(summary.wasThere) there already, \(summary.rejected) rejected"
                + (summary.rejected > 0 ? " (see \(folder.file("rejected.csv")))" : ""))
        if summary.rejected > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func report(_ row: BatchRow, _ outcome: Batch.Outcome, to reports: BatchReports) throws {
        switch outcome {
        case .issued(let line, _):
            try reports.issued(row: row.number, number: line.number.description)
            guard json else { return }
            let object: JSONValue = [
                "number": .string(line.number.description), "files": .array(line.files.map { .string($0) }),
            ]
            Terminal.data(object.compactText)
        case .rejected(let reason): try reports.rejected(row, reason: reason)
        }
    }
}
