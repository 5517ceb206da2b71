import Audit
import Licensing
import Primitives

/// Reads the stored log page by page into a verification, then compares the register with the fold of the log.
struct LogCheck {
    private static let pageSize = 1_000

    var verification: AuditVerification
    private let ports: StorePorts
    /// The last state of each license in the log, with the entry that says so.
    private var folded: [String: (state: String, entry: Int)] = [:]

    init(verification: AuditVerification, ports: StorePorts) {
        (self.verification, self.ports) = (verification, ports)
    }

    mutating func run(_ connection: any SQLConnection) throws {
        var checkpoints = Pages { last in
            try AuditCheckpointTable.page(after: last?.size ?? 0, limit: LogCheck.pageSize, connection)
        }
        let sealing = ports.sealing
        var records = Pages { last in
            try AuditLeafTable.page(from: (last?.sequence ?? -1) + 1, limit: LogCheck.pageSize, connection)
                .map { AuditRecord($0, sealing: sealing) }
        }
        var folded: [String: (state: String, entry: Int)] = [:]
        try verification.run(
            nextCheckpoint: { try checkpoints.next() }, nextRecord: { try records.next() },
            body: { entry, body in
                for (object, state) in body.states { folded[object] = (state, entry) }
            })
        self.folded = folded
        guard verification.report.isSound else { return }
        guard try AuditFrontierTable.load(connection) == verification.soundFrontier else {
            return verification.fail(at: nil, "the stored frontier is not that of the entries")
        }
        try compareRegister(connection)
    }

    /// Every license stands where the log says, and none is missing.
    private mutating func compareRegister(_ connection: any SQLConnection) throws {
        var firstBad: Int?
        var rows = Pages<LicenseTable.Standing> { last in
            try LicenseTable.standings(after: last?.number ?? "", limit: LogCheck.pageSize, connection)
        }
        while let row = try rows.next() {
            guard let last = folded.removeValue(forKey: row.number) else {
                return verification.fail(at: nil, "the register has a license of which the log says nothing")
            }
            if last.state != row.state { firstBad = min(firstBad ?? last.entry, last.entry) }
        }
        if let firstBad {
            return verification.fail(
                at: firstBad, "the register has another state for a license than this entry gave it")
        }
        if let missing = folded.values.map(\.entry).min() {
            verification.fail(at: missing, "the register lacks a license that this entry speaks of")
        }
    }
}

/// A long result, fetched in pages that begin after the last element of the one before.
struct Pages<Element> {
    private let fetch: (Element?) throws -> [Element]
    private var page: ArraySlice<Element> = []
    private var last: Element?

    init(fetch: @escaping (Element?) throws -> [Element]) {
        self.fetch = fetch
    }

    mutating func next() throws -> Element? {
        if page.isEmpty { page = try fetch(last)[...] }
        last = page.first ?? last
        return page.popFirst()
    }
}
