import Glibc
import Licensing
import Primitives

/// Issues every row of an input: several at once, in bounded memory, reported in their order.
struct Batch {
    /// What became of a row.
    enum Outcome: Sendable {
        case issued(IssuedLine, wasThere: Bool)
        case rejected(String)
    }

    struct IssuedLine: Sendable {
        let number: LicenseNumber
        let files: [String]
    }

    struct Summary {
        var issued = 0
        var wasThere = 0
        var rejected = 0
    }

    let type: LicenseType
    let office: LicenseOffice
    let department: String?
    let folder: OutputFolder
    let journal: BatchJournal
    let photo: @Sendable (String) throws -> [UInt8]
    /// Rows under way at once: enough that both cores and the disk always have work.
    let width: Int

    /// - Parameter report: called in the order of the rows.
    func run(
        _ input: BatchInput, progress: ProgressBar, report: (BatchRow, Outcome) throws -> Void
    ) async throws -> Summary {
        var input = input
        var waiting: [Int: (BatchRow, Outcome)] = [:]
        var nextReported = 1
        var summary = Summary()
        var occurrences: [String: Int] = [:]
        try await withThrowingTaskGroup(of: (BatchRow, Outcome).self) { group in
            var running = 0
            while true {
                while running + waiting.count < width * 4, running < width, let row = try input.next() {
                    let key = key(for: row, &occurrences)
                    group.addTask { (row, try await outcome(of: row, key: key)) }
                    running += 1
                }
                guard running > 0, let finished = try await group.next() else { break }
                running -= 1
                waiting[finished.0.number] = finished
                while let (row, outcome) = waiting.removeValue(forKey: nextReported) {
                    try report(row, outcome)
                    summary.count(outcome)
                    progress.advance(fraction: row.fraction)
                    nextReported += 1
                }
            }
        }
        return summary
    }

    private func key(for row: BatchRow, _ occurrences: inout [String: Int]) -> String {
        guard case .success(let application) = row.application else { return "" }
        let first = journal.key(for: application, type: type, occurrence: 1)
        occurrences[first, default: 0] += 1
        let occurrence = occurrences[first] ?? 1
        return occurrence == 1 ? first : journal.key(for: application, type: type, occurrence: occurrence)
    }

    @concurrent
    private func outcome(of row: BatchRow, key: String) async throws -> Outcome {
        do {
            let value = try row.application.get()
            if let number = journal.number(of: key), let files = filesThere(number) {
                return .issued(IssuedLine(number: number, files: files), wasThere: true)
            }
            let license = try await office.issue(
                try type.read(value, photo: photo), type: type, department: department, idempotencyKey: key,
                actor: Assembly.operatorName)
            try IssuedFiles.save(license.documents, to: folder)
            try journal.note(key, license.number)
            let files = license.documents.map { folder.file($0.fileName) }
            return .issued(IssuedLine(number: license.number, files: files), wasThere: license.wasThere)
        } catch let fault as BatchRowFault {
            return .rejected(fault.reason)
        } catch let faults as ApplicationFaults {
            return .rejected(faults.description)
        } catch let refusal as IssueRefusal where refusal.concernsApplication {
            return .rejected(refusal.description)
        }
    }

    /// The files of a number where none is missing.
    private func filesThere(_ number: LicenseNumber) -> [String]? {
        let files = type.formats.map { folder.file("\(number).\($0.rawValue)") }
        return files.allSatisfy { InputFile.exists($0) } ? files : nil
    }
}

extension Batch.Summary {
    fileprivate mutating func count(_ outcome: Batch.Outcome) {
        switch outcome {
        case .issued(_, wasThere: false): issued += 1
        case .issued(_, wasThere: true): wasThere += 1
        case .rejected: rejected += 1
        }
    }
}
