import Foundation
import Primitives
import Testing

/// Status without a network: what a bundle can tell, and for how long.
@Suite final class `Status without a network` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    /// `2026-11-25T11:04:34Z` some days from now.
    private func moment(days: Int) -> String {
        Date(timeIntervalSinceNow: Double(days) * 86_400).formatted(.iso8601)
    }

    private func verdict(
        _ name: String, _ options: [String], bundle: String? = "status.bundle"
    ) throws -> (Int32, JSONValue) {
        let run = try office.verify([name], bundle: bundle, options + ["--json"])
        return (run.status, try #require(JSONReader.read(run.bytes).array?.first))
    }

    @Test(arguments: ["pdf", "sd-jwt"])
    func `cannot be told with no bundle, or with one from before the license's list`(format: String) throws {
        try office.bundle("before.bundle")
        let name = "issued/\(try office.issue()).\(format)"
        for bundle in [nil, "before.bundle"] {
            let (status, verdict) = try verdict(name, [], bundle: bundle)
            #expect(status == 2)
            #expect(verdict["indication"] == "INDETERMINATE")
            #expect(verdict["subIndication"] == "TRY_LATER")
            #expect(verdict["licenseStatus"]?["state"] == "unknown")
        }
    }

    @Test func `is that of the newest bundle given`() throws {
        let number = try office.issue()
        try office.bundle("old.bundle")
        usleep(1_100_000)
        #expect(try office.run(["revoke", number, "--reason", "closed"]).status == 0)
        try office.bundle("new.bundle")
        let name = "issued/\(number).pdf"
        #expect(try verdict(name, [], bundle: "old.bundle").0 == 0)
        #expect(try verdict(name, ["--status", "new.bundle"], bundle: "old.bundle").0 == 1)
        #expect(try verdict(name, ["--status", "old.bundle"], bundle: "new.bundle").0 == 1)
    }

    @Test func `of a stale bundle is no status`() throws {
        let name = "issued/\(try office.issue()).pdf"
        try office.bundle()
        #expect(try verdict(name, ["--at", moment(days: 6)]).0 == 0)
        let (status, verdict) = try verdict(name, ["--at", moment(days: 8)])
        #expect(status == 2)
        #expect(verdict["indication"] == "INDETERMINATE")
    }

    @Test func `does not matter for a license that has expired or has not begun`() throws {
        let number = try office.issue("food-permit")
        try office.bundle()
        for format in ["pdf", "sd-jwt"] {
            let name = "issued/\(number).\(format)"
            var (status, verdict) = try verdict(name, ["--at", moment(days: 6 * 365)])
            #expect(status == 1)
            #expect(verdict["indication"] == "TOTAL-FAILED")
            #expect(verdict["subIndication"] == "EXPIRED")
            #expect(verdict["licenseStatus"]?["state"] == "expired")
            (status, verdict) = try self.verdict(name, ["--at", moment(days: -2)])
            #expect(status == 1)
            #expect(verdict["indication"] == "TOTAL-FAILED")
            #expect(verdict["subIndication"] == "NOT_YET_VALID")
            #expect(verdict["licenseStatus"]?["state"] == "not-yet-valid")
        }
    }

    @Test func `of another authority's bundle is no status, and its anchors are not trust`() throws {
        let name = "issued/\(try office.issue()).pdf"
        try office.bundle()
        let other = try Chancery()
        defer { other.remove() }
        #expect(try other.run(["init"]).status == 0)
        _ = try other.issue()
        try other.bundle("other.bundle")
        try FileManager.default.copyItem(at: other.file("other.bundle"), to: office.file("other.bundle"))
        #expect(try verdict(name, [], bundle: "other.bundle").0 == 2)

        let foreign = try office.run(
            [
                "verify", name, "--offline", "--status", "status.bundle", "--trust", other.file("keys/trust").path,
                "--json",
            ])
        #expect(foreign.status == 2)
        #expect(
            try JSONReader.read(foreign.bytes).array?.first?["subIndication"] == "NO_CERTIFICATE_CHAIN_FOUND")
        let untrusting = try Chancery()
        defer { untrusting.remove() }
        let run = try untrusting.run(
            ["verify", office.file(name).path, "--offline", "--status", office.file("status.bundle").path])
        #expect(run.status == 2)
        #expect(run.output.hasPrefix("CANNOT TELL"))
    }

    @Test func `material that is damaged, or none, is a fault of its own`() throws {
        let name = "issued/\(try office.issue()).pdf"
        try office.bundle()
        let bundle = try office.bytes("status.bundle")
        try office.write(Array(bundle.dropLast(40)), to: "cut.bundle")
        try office.write("no bundle", to: "text.bundle")
        for (file, code) in [("nowhere.bundle", 66), ("text.bundle", 65)] {
            let run = try office.run(["verify", name, "--offline", "--status", file])
            run.expectFault(Int32(code), file)
        }
        let cut = try office.verify([name], bundle: "cut.bundle")
        #expect([2, 65].contains(cut.status), "\(cut.status) \(cut.output)")
        try office.run(["verify", name, "--trust", "keys/private/root.key"]).expectFault(65, "private key")
    }
}
