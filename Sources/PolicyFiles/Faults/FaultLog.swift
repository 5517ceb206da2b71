/// Collects the faults of one run over the folder.
final class FaultLog {
    /// Beyond it a broken file would only repeat itself.
    static let maximumCount = 500

    private var faults: Set<PolicyFault> = []
    private(set) var isFull = false

    var isEmpty: Bool { faults.isEmpty }

    func add(_ fault: PolicyFault) {
        guard faults.count < FaultLog.maximumCount else {
            isFull = true
            return
        }
        faults.insert(fault)
    }

    /// By file, line and column.
    var sorted: [PolicyFault] {
        let list = faults.sorted {
            ($0.file, $0.line, $0.column, $0.problem) < ($1.file, $1.line, $1.column, $1.problem)
        }
        guard isFull, let last = list.last else { return list }
        return list + [
            PolicyFault(
                file: last.file, line: last.line, column: last.column,
                problem: "more faults follow that are not shown: correct the first \(FaultLog.maximumCount)")
        ]
    }
}

/// The faults of one file.
struct FileFaults {
    /// As it is printed.
    let file: String
    let log: FaultLog

    func report(_ problem: String, at place: Place = .start) {
        log.add(PolicyFault(file: file, line: place.line, column: place.column, problem: problem))
    }
}
