import Credentials
import Foundation
import OpenSSLCrypto
import Primitives
import Testing

/// `kill -9` under `chancery batch`, and others at work beside it.
@Suite final class `A batch that is stopped` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    @Test func `wherever it is killed is finished by the next runs, with nothing issued twice`() throws {
        let rows = 120
        try office.write(BatchTable.csv(count: rows), to: "rows.csv")
        for attempt in 1...4 {
            let process = office.process([
                "batch", "--type", "business-license", "--input", "rows.csv", "--out", "issued",
            ])
            (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
            try process.run()
            let before = office.documentNumbers().count
            let wanted = before + Int.random(in: 1...12)
            while process.isRunning, office.documentNumbers().count < wanted { usleep(2_000) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal, "attempt \(attempt) was not stopped in time")
            try office.expectSoundAudit()
        }
        let last = try office.batch("rows.csv")
        #expect(last.status == 0, "\(last.talk)")
        try expectEachOnce(rows: rows)
    }

    private func expectEachOnce(rows: Int) throws {
        let numbers = try office.issuedNumbers()
        #expect(numbers.count == rows)
        #expect(Set(numbers).count == rows)
        #expect(office.documentNumbers() == Set(numbers))
        #expect(!office.names(in: "issued").contains("rejected.csv"))
        let trail = try AuditTrail(of: office)
        #expect(Set(trail.objects("license-issued")) == Set(numbers))
        #expect(trail.objects("license-issued").count == rows)
        let settled = trail.objects("license-issued") + trail.objects("number-voided")
        #expect(Set(trail.objects("number-reserved")) == Set(settled))
        let places = try numbers.map { number in
            let text = String(decoding: try office.bytes("issued/\(number).sd-jwt"), as: UTF8.self)
            return try SDJWT(parsing: text, hashing: OpenSSLHashing()).claims["status"]
        }
        #expect(Set(places).count == rows)
        try office.expectSoundAudit()
    }

    @Test func `by a file half written begins again and leaves no scraps that count as documents`() throws {
        try office.write(BatchTable.csv(count: 3), to: "rows.csv")
        #expect(try office.batch("rows.csv").status == 0)
        // What a power cut may leave: the journal's last line cut short.
        let journal = try office.bytes("issued/.batch/journal")
        try office.write(Array(journal.dropLast(20)), to: "issued/.batch/journal")
        #expect(try office.batch("rows.csv").talk.hasPrefix("0 issued, 3 there already"))
        #expect(try AuditTrail(of: office).objects("license-issued").count == 3)
        // Its id gone, it cannot tell its rows from others: that is said, not guessed.
        try office.write("garbage", to: "issued/.batch/id")
        try office.batch("rows.csv").expectFault(74, "issued/.batch/id")
    }

    @Test func `beside others at work is theirs to leave alone`() throws {
        try office.write(BatchTable.csv(count: 40), to: "rows.csv")
        let process = office.process(["batch", "--type", "business-license", "--input", "rows.csv", "--out", "issued"])
        let talk = Pipe()
        (process.standardError, process.standardOutput) = (talk, FileHandle.nullDevice)
        try process.run()
        while process.isRunning, office.documentNumbers().isEmpty { usleep(2_000) }
        var beside: [String] = []
        repeat {
            let run = try office.run([
                "issue", "--type", "food-permit", "--input", "policies/examples/food-permit.json", "--out", "beside",
            ])
            #expect(run.status == 0, "\(run.talk)")
            #expect(run.talk.isEmpty, "\(run.talk)")
            beside.append(run.output)
        } while process.isRunning && beside.count < 5
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(String(decoding: talk.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).hasPrefix("40 issued"))
        let numbers = try office.issuedNumbers() + beside
        #expect(Set(numbers).count == 40 + beside.count)
        let trail = try AuditTrail(of: office)
        #expect(trail.objects("issuance-finished-after-stop").isEmpty)
        #expect(Set(trail.objects("license-issued")) == Set(numbers))
        try office.expectSoundAudit()
    }

    @Test func `of two thousand rows issues two thousand`() throws {
        let rows = 2000
        var table = (1...rows).map { BatchTable.row($0) }
        table[1233][6] = "oligopoly"
        try office.write(BatchTable.csv(table), to: "rows.csv")
        let run = try office.batch("rows.csv")
        #expect(run.status == 1)
        #expect(run.talk == "1999 issued, 0 there already, 1 rejected (see issued/rejected.csv)")
        #expect(try office.report("issued/rejected.csv").map { $0[0] } == ["row", "1234"])
        #expect(
            try office.report("issued/issued.csv").dropFirst().map { $0[0] }
                == (1...rows).filter { $0 != 1234 }.map(String.init))
        #expect(try Set(office.issuedNumbers()).count == rows - 1)
        #expect(office.documentNumbers().count == rows - 1)
        try office.expectSoundAudit()
        let again = try office.batch("rows.csv")
        #expect(again.status == 1)
        #expect(again.talk.hasPrefix("0 issued, 1999 there already, 1 rejected"))
    }
}
