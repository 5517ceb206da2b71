import Foundation
import Primitives
import Testing

/// `chancery batch`: what goes in, what comes out, what is told.
@Suite final class `A batch` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    @Test func `issues one license per row and lists them in the order of the rows`() throws {
        try office.write(BatchTable.csv(count: 5), to: "rows.csv")
        let run = try office.batch("rows.csv", ["--json"])
        #expect(run.status == 0, "\(run.talk)")
        #expect(run.talk == "5 issued, 0 there already, 0 rejected")
        #expect(try office.report("issued/issued.csv").map { $0[0] } == ["row", "1", "2", "3", "4", "5"])
        let lines = try run.output.split(separator: "\n").map { try JSONReader.read(String($0)) }
        #expect(lines.compactMap { $0["number"]?.string } == (try office.issuedNumbers()))
        for line in lines {
            #expect(line.object?.names == ["number", "files"])
            let files = line["files"]?.array?.compactMap(\.string) ?? []
            let number = try #require(line["number"]?.string)
            #expect(files == ["issued/\(number).pdf", "issued/\(number).sd-jwt"])
            #expect(files.allSatisfy { FileManager.default.fileExists(atPath: office.file($0).path) })
        }
        #expect(!office.names(in: "issued").contains("rejected.csv"))
        try office.bundle()
        let verdict = try office.verify([try #require(office.issuedNumbers().last)].map { "issued/\($0).pdf" })
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.output.contains("示例市第5号商店"))
    }

    @Test(arguments: ["BOM", "CRLF", "quotes", "columns in another order", "no final line break"])
    func `reads every table that spreadsheets write`(form: String) throws {
        var rows = [BatchTable.row(1), BatchTable.row(2)]
        var table = BatchTable.csv(rows)
        switch form {
        case "BOM": table = "\u{FEFF}" + table
        case "CRLF": table = BatchTable.csv(rows, lineEnd: "\r\n")
        case "quotes":
            rows[0][8] = "\"12 \"\"Sea, View\"\" Road\nBuilding 3\""
            table = BatchTable.csv(rows.map { $0.map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" } })
        case "columns in another order":
            table = BatchTable.csv(
                rows.map { Array($0.reversed()) }, header: BatchTable.columns.reversed())
        default: table.removeLast()
        }
        try office.write(table, to: "rows.csv")
        let run = try office.batch("rows.csv")
        #expect(run.status == 0, "\(run.talk)")
        #expect(try Set(office.issuedNumbers()).count == 2)
        guard form == "quotes" else { return }
        try office.bundle()
        let verdict = try office.verify(["issued/\(office.issuedNumbers()[0]).pdf"])
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.output.contains("12 \"Sea, View\" Road"), "\(verdict.output)")
    }

    @Test func `reads JSON Lines, with a BOM and blank lines too`() throws {
        let lines = (1...3).map { BatchTable.jsonLine(BatchTable.row($0)) }
        let text = "\u{FEFF}\(lines[0])\r\n\n\(lines[1])\n{\"holder\": 1}\nno json\n\(lines[2])"
        try office.write(text, to: "rows.jsonl")
        let run = try office.batch("rows.jsonl")
        #expect(run.status == 1)
        #expect(try office.report("issued/issued.csv").map { $0[0] } == ["row", "1", "2", "5"])
        let rejected = try office.report("issued/rejected.csv")
        #expect(rejected.map { $0[0] } == ["row", "3", "4"])
        #expect(rejected[2][1].hasPrefix("not JSON"))
    }

    @Test func `puts bad rows aside with their number, their reason and their own columns, and issues the others`()
        throws
    {
        var rows = (1...7).map { BatchTable.row($0) }
        rows[1][2] = "91990100MA7X3K2030"
        rows[2][5] = "2024-02-30"
        rows[3][6] = "oligopoly"
        rows[4].removeLast()
        rows[5][7] = "\u{10FFFD}"
        try office.write(BatchTable.csv(rows), to: "rows.csv")
        let run = try office.batch("rows.csv")
        #expect(run.status == 1)
        #expect(run.talk == "2 issued, 0 there already, 5 rejected (see issued/rejected.csv)")
        run.expectNoInsides()
        #expect(try office.report("issued/issued.csv").map { $0[0] } == ["row", "1", "7"])

        let rejected = try office.report("issued/rejected.csv")
        #expect(rejected[0] == ["row", "reason"] + BatchTable.columns)
        #expect(rejected.dropFirst().map { $0[0] } == ["2", "3", "4", "5", "6"])
        for (row, word) in [
            (1, "holder.id"), (2, "fields.establishedOn"), (3, "fields.enterpriseType"), (5, "businessScope"),
        ] {
            let line = String(decoding: try office.bytes("issued/rejected.csv"), as: UTF8.self)
                .components(separatedBy: "\r\n")[row]
            #expect(line.contains(word), "\(line)")
        }
        #expect(rejected[1].suffix(BatchTable.columns.count) == rows[1][...])
        try office.expectSoundAudit()
    }

    @Test func `repeated does nothing, and into another folder is another batch`() throws {
        try office.write(BatchTable.csv(count: 6), to: "rows.csv")
        #expect(try office.batch("rows.csv").status == 0)
        let numbers = try office.issuedNumbers()
        let entries = try AuditTrail(of: office).entries.count
        let again = try office.batch("rows.csv", ["--json"])
        #expect(again.talk == "0 issued, 6 there already, 0 rejected")
        #expect(try office.issuedNumbers() == numbers)
        #expect(again.output.split(separator: "\n").count == 6)
        #expect(try AuditTrail(of: office).entries.count == entries)

        let other = try office.batch("rows.csv", out: "other")
        #expect(other.talk == "6 issued, 0 there already, 0 rejected")
        #expect(try Set(office.issuedNumbers("other")).isDisjoint(with: numbers))
    }

    @Test func `takes the same application twice for two licenses, and a corrected row for a new one`() throws {
        let row = BatchTable.row(1)
        try office.write(BatchTable.csv([row, row]), to: "rows.csv")
        #expect(try office.batch("rows.csv").talk.hasPrefix("2 issued"))
        #expect(try Set(office.issuedNumbers()).count == 2)
        var corrected = row
        corrected[5] = "2024-05-07"
        try office.write(BatchTable.csv([row, row, corrected]), to: "rows.csv")
        #expect(try office.batch("rows.csv").talk == "1 issued, 2 there already, 0 rejected")
        #expect(try office.documentNumbers() == Set(office.issuedNumbers()))
    }

    @Test func `writes a document again that was lost from its folder`() throws {
        try office.write(BatchTable.csv(count: 2), to: "rows.csv")
        #expect(try office.batch("rows.csv").status == 0)
        let lost = "issued/\(try office.issuedNumbers()[1]).pdf"
        let bytes = try office.bytes(lost)
        try FileManager.default.removeItem(at: office.file(lost))
        #expect(try office.batch("rows.csv").talk == "0 issued, 2 there already, 0 rejected")
        #expect(try office.bytes(lost) == bytes)
    }

    @Test(arguments: [
        ("holder.name,holder.idType", "the column holder.id is missing"),
        (BatchTable.columns.joined(separator: ",") + ",holder.id", "the column holder.id stands twice"),
        (BatchTable.columns.joined(separator: ",") + ",卡娜莉", "column 10 is unknown"),
        (BatchTable.columns.joined(separator: ",") + ",colour", "the column colour is unknown"),
        ("", "the first row is no header"),
    ])
    func `of a table whose columns are wrong issues nothing and says what is wrong`(
        header: String, words: String
    ) throws {
        try office.write(header + "\n" + BatchTable.row(1).joined(separator: ",") + "\n", to: "rows.csv")
        try office.batch("rows.csv", ["--json"]).expectFault(65, words)
        #expect(try AuditTrail(of: office).objects("number-reserved").isEmpty)
    }

    @Test func `needs a table that is there and is one`() throws {
        try office.batch("nowhere.csv").expectFault(66, "nowhere.csv")
        try office.write("x", to: "rows.txt")
        try office.batch("rows.txt").expectFault(65, "rows.txt")
        try FileManager.default.createDirectory(at: office.file("folder.csv"), withIntermediateDirectories: true)
        try office.batch("folder.csv").expectFault(66, "folder.csv")
        try office.write("", to: "rows.csv")
        try office.batch("rows.csv").expectFault(65, "rows.csv")
        try office.write([0xFF, 0xFE, 0x41], to: "rows.csv")
        try office.batch("rows.csv").expectFault(65, "rows.csv")
    }

    @Test func `with a photo per row reads the files beside the table`() throws {
        let columns = "holder.name,holder.idType,holder.id,category,employer,photo,birthDate\n"
        let photo = Chancery.repository.appending(path: "policies/examples/photos/safety-officer.jpg")
        try FileManager.default.createDirectory(at: office.file("in/photos"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: photo, to: office.file("in/photos/1.jpg"))
        let person = "陆知行,111,99010119860923004X,C3,示例市长桥建设工程有限公司"
        let rows = "\(person),photos/1.jpg,1986-09-23\n\(person),photos/2.jpg,1986-09-23\n"
        try office.write(columns + rows, to: "in/rows.csv")
        let run = try office.run(["batch", "--type", "safety-officer", "--input", "in/rows.csv", "--out", "issued"])
        #expect(run.status == 1)
        #expect(run.talk.hasPrefix("1 issued, 0 there already, 1 rejected"))
        #expect(try office.report("issued/rejected.csv")[1][1].contains("fields.photo"))
    }
}
