import Foundation
import Testing

/// Disks that are full or cannot be written: said in one line, nothing lost, nothing half.
@Suite(.enabled(if: SmallDisk.isPossible, "mounting a small tmpfs needs root"))
final class `A disk` {
    private let office: Chancery
    private let disk: SmallDisk
    private static let example = ["issue", "--type", "business-license", "--input"]

    init() throws {
        office = try .office()
        disk = try SmallDisk(kibibytes: 3000)
    }

    deinit { office.remove() }

    /// Puts the database on the small disk.
    private func moveDatabase() throws -> [String: String] {
        try Chancery.copy(office.file("data"), to: disk.folder.appending(path: "data"))
        return ["CHANCERY_DATABASE": disk.folder.appending(path: "data/chancery.sqlite").path]
    }

    private func issue(_ environment: [String: String] = [:], out: String = "issued") throws -> Chancery.Run {
        try office.run(
            Self.example + ["policies/examples/business-license.json", "--out", out], environment: environment)
    }

    @Test func `that fills up under the database loses nothing and leaves nothing half`() throws {
        let onDisk = try moveDatabase()
        let first = try issue(onDisk)
        #expect(first.status == 0, "\(first.talk)")
        // From no room at all to room for a part of what a license takes.
        for left in [0, 40_000, 90_000, 140_000] {
            try disk.fill(leaving: left)
            let run = try issue(onDisk)
            if run.status != 0 { run.expectFault(74, "disk", lines: nil) }
            try disk.empty()
            let sound = try office.run(["audit", "verify"], environment: onDisk)
            #expect(sound.status == 0, "\(left): \(sound.talk)")
        }
        let next = try issue(onDisk)
        #expect(next.status == 0, "\(next.talk)")
        let there = office.documentNumbers()
        #expect(there.contains(first.output) && there.contains(next.output))
        var moved = office
        moved.environment.merge(onDisk) { _, new in new }
        let trail = try AuditTrail(of: moved)
        let settled = trail.objects("license-issued") + trail.objects("number-voided")
        #expect(Set(trail.objects("number-reserved")) == Set(settled))
        try moved.expectSoundAudit()
    }

    @Test func `with no room for a new database lets init be run again later`() throws {
        try disk.fill(leaving: 20_000)
        let onDisk = ["CHANCERY_DATABASE": disk.folder.appending(path: "new/chancery.sqlite").path]
        let run = try office.run(["init"], environment: onDisk)
        #expect(run.status == 74, "\(run.talk)")
        run.expectNoInsides()
        try disk.empty()
    }

    @Test func `that is full where documents go says that the license is issued and how to get it`() throws {
        try disk.fill(leaving: 30_000)
        let out = disk.folder.appending(path: "out").path
        let run = try issue(out: out)
        run.expectFault(74, "is issued, but cannot write", "No space left on device", "chancery show")
        let number = try #require(try AuditTrail(of: office).objects("license-issued").first)
        #expect(run.talk.contains(number))
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).isEmpty)
        try disk.empty()
        #expect(try office.run(["show", number, "--out", out]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).count == 2)
    }

    @Test func `that fills up under a batch stops it, and the next run finishes it`() throws {
        try office.write(BatchTable.csv(count: 30), to: "rows.csv")
        let out = disk.folder.appending(path: "out").path
        try disk.fill(leaving: 600_000)
        let run = try office.batch("rows.csv", out: out)
        run.expectFault(74, "No space left on device")
        let written = try FileManager.default.contentsOfDirectory(atPath: out)
        #expect(!written.contains { $0.hasSuffix(".tmp") }, "\(written)")
        try disk.empty()
        let bigger = try SmallDisk(kibibytes: 6000)
        try Chancery.copy(URL(fileURLWithPath: out), to: bigger.folder.appending(path: "out"))
        let next = try office.batch("rows.csv", out: bigger.folder.appending(path: "out").path)
        #expect(next.status == 0, "\(next.talk)")
        let trail = try AuditTrail(of: office)
        #expect(trail.objects("license-issued").count == 30)
    }

    @Test func `that is read-only refuses changes, and is read from a copy`() throws {
        let onDisk = try moveDatabase()
        let number = try issue(onDisk).output
        try disk.setReadOnly(true)
        defer { try? disk.setReadOnly(false) }
        try issue(onDisk).expectFault(74, "read-only")
        try office.run(["revoke", number, "--reason", "x"], environment: onDisk).expectFault(74, "read-only")
        try office.run(["serve"], environment: onDisk).expectFault(74, "read-only")
        try issue(out: disk.folder.appending(path: "out").path).expectFault(74, "Read-only file system")
        // SQLite reads it in place only where a write-ahead log was left.
        let shown = try office.run(["show", number], environment: onDisk)
        if shown.status != 0 { shown.expectFault(74, "copy the database elsewhere") }
        try Chancery.copy(disk.folder.appending(path: "data"), to: office.file("copy"))
        let copied = ["CHANCERY_DATABASE": "copy/chancery.sqlite"]
        #expect(try office.run(["show", number], environment: copied).status == 0)
        #expect(try office.run(["audit", "verify"], environment: copied).status == 0)
    }
}
