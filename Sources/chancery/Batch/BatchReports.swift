import Glibc

/// `issued.csv` and `rejected.csv`, in the order of the rows.
final class BatchReports {
    private let folder: OutputFolder
    private let columns: [String]
    private let issued: Int32
    private var rejected: Int32?

    init(_ folder: OutputFolder, columns: [String]) throws(CommandFault) {
        (self.folder, self.columns) = (folder, columns)
        issued = try BatchReports.begin(folder.file("issued.csv"), ["row", "number"])
        unsafe unlink(folder.file("rejected.csv"))
    }

    deinit {
        close(issued)
        if let rejected { close(rejected) }
    }

    func issued(row: Int, number: String) throws(CommandFault) {
        try BatchReports.append([String(row), number], to: issued)
    }

    func rejected(_ row: BatchRow, reason: String) throws(CommandFault) {
        let descriptor: Int32
        if let rejected {
            descriptor = rejected
        } else {
            descriptor = try BatchReports.begin(folder.file("rejected.csv"), ["row", "reason"] + columns)
            rejected = descriptor
        }
        try BatchReports.append([String(row.number), reason] + row.cells, to: descriptor)
    }

    private static func begin(_ path: String, _ header: [String]) throws(CommandFault) -> Int32 {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CommandFault(.inputOutput, "cannot write \(path): \(SystemFault.reason)") }
        try append(header, to: descriptor)
        return descriptor
    }

    private static func append(_ cells: [String], to descriptor: Int32) throws(CommandFault) {
        guard OutputFile.all(Array(CSVLine.text(cells).utf8), to: descriptor) else {
            throw CommandFault(.inputOutput, "cannot write the batch's reports: \(SystemFault.reason)")
        }
    }
}
