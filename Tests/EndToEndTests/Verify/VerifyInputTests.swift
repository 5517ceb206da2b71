import Foundation
import Primitives
import Testing

/// What `chancery verify` takes, in what order it answers, and how it ends.
@Suite final class `The verifier` {
    private let office: Chancery
    private let number: String

    init() throws {
        office = try .office()
        number = try office.issue()
        try office.bundle()
    }

    deinit { office.remove() }

    private var pdf: String { "issued/\(number).pdf" }
    private var credential: String { "issued/\(number).sd-jwt" }

    private func verdicts(_ run: Chancery.Run) throws -> [JSONValue] { try JSONReader.read(run.bytes).array ?? [] }

    @Test func `answers several inputs in their order, and the worst decides the exit code`() throws {
        try office.write("what is this?", to: "unknown.txt")
        var bytes = try office.bytes(pdf)
        bytes[bytes.count / 2] ^= 1
        try office.write(bytes, to: "changed.pdf")
        let run = try office.verify([credential, "unknown.txt", pdf, "changed.pdf"], ["--json"])
        #expect(run.status == 1)
        let found = try verdicts(run)
        #expect(found.map { $0["input"]?.string } == [credential, "unknown.txt", pdf, "changed.pdf"])
        #expect(found.map { $0["format"] } == ["sd-jwt-vc", .null, "pades", "pades"])
        let failed: JSONValue = "TOTAL-FAILED"
        #expect(found.map { $0["indication"] } == ["TOTAL-PASSED", failed, "TOTAL-PASSED", failed])
        #expect(found[1]["subIndication"] == "FORMAT_FAILURE")
        #expect(found[1]["license"] == .null)

        #expect(try office.verify([credential, pdf]).status == 0)
        #expect(try office.verify([credential, pdf], bundle: nil).status == 2)
        #expect(try office.verify([credential, "changed.pdf"], bundle: nil).status == 1)
        let text = try office.verify([credential, "unknown.txt"])
        #expect(text.output.hasPrefix("\(credential):\nVALID\n"), "\(text.output)")
        #expect(text.output.contains("unknown.txt:\nINVALID: "), "\(text.output)")
    }

    @Test(arguments: [Array("what is this?".utf8), [], [0x00, 0xFF, 0x30, 0x82], Array("eyJ.".utf8)])
    func `of an unknown form alone says that it does not understand`(bytes: [UInt8]) throws {
        try office.write(bytes, to: "unknown.bin")
        try office.verify(["unknown.bin"]).expectFault(65, "unknown.bin")
        try office.verify(["unknown.bin"], ["--json"]).expectFault(65, "unknown.bin")
    }

    @Test func `of an input that is missing or a folder judges none`() throws {
        try office.verify([pdf, "nowhere.pdf"]).expectFault(66, "nowhere.pdf")
        try office.verify(["issued"]).expectFault(66, "issued")
        try office.verify([pdf], bundle: "nowhere.bundle").expectFault(66, "nowhere.bundle")
        try office.run(["verify", pdf, "--trust", "nowhere"]).expectFault(66, "nowhere")
    }

    @Test func `reads standard input`() throws {
        for name in [pdf, credential] {
            let run = try office.verify(["-"], ["--json"], input: office.bytes(name))
            #expect(run.status == 0, "\(run.output)")
            #expect(try verdicts(run).first?["input"] == "-")
        }
        let text = Array("\u{FEFF}  ".utf8) + (try office.bytes(credential)) + Array("\r\n\n".utf8)
        #expect(try office.verify(["-"], input: text).status == 0)
    }

    @Test func `takes trust and status from files and folders, more than once`() throws {
        let other = try Chancery()
        defer { other.remove() }
        #expect(try other.run(["init"]).status == 0)
        try Chancery.copy(office.file("keys/trust"), to: office.file("anchors"))
        try Chancery.copy(other.file("keys/trust/root.pem"), to: office.file("anchors/other.pem"))
        try FileManager.default.createDirectory(at: office.file("material"), withIntermediateDirectories: true)
        try Chancery.copy(office.file("status.bundle"), to: office.file("material/status.bundle"))
        for trust in [["anchors"], ["anchors/other.pem", "anchors/root.pem"]] {
            let options = ["--status", "material", "--offline"] + trust.flatMap { ["--trust", $0] }
            let run = try office.run(["verify", pdf] + options)
            #expect(run.status == 0, "\(run.output)")
        }
        let wrong = try office.run(
            ["verify", pdf, "--trust", "anchors/other.pem", "--status", "material", "--offline", "--json"])
        #expect(wrong.status == 2)
        #expect(try verdicts(wrong).first?["subIndication"] == "NO_CERTIFICATE_CHAIN_FOUND")
        // A certificate that is no CA is no anchor, whatever it is given for.
        let signer = "keys/certificates/signer-market-regulation.pem"
        let leaf = try office.run(["verify", pdf, "--trust", signer, "--status", "material", "--offline"])
        #expect(leaf.status == 2)
    }

    @Test func `needs nothing but the file, an anchor and a bundle`() throws {
        let stranger = try Stranger(of: office)
        defer { stranger.chancery.remove() }
        let run = try stranger.verify("\(number).pdf", bundle: "status.bundle")
        #expect(run.status == 0, "\(run.output)")
        #expect(Set(stranger.chancery.names(in: ".")) == ["\(number).pdf", "status.bundle", "trust"])
    }

    @Test func `says in its first line what a person must know`() throws {
        let valid = try office.verify([pdf])
        #expect(valid.output.hasPrefix("VALID\n  number      \(number)\n"))
        for word in ["营业执照", "Business License", "市场监督管理局", "示例市晨光软件科技有限公司", "✓ signature"] {
            #expect(valid.output.contains(word), "\(valid.output)")
        }
        #expect(valid.talk.isEmpty)
        #expect(try office.verify([pdf], bundle: nil).output.hasPrefix("CANNOT TELL: no status list"))
        try office.write("%PDF-2.0\n", to: "broken.pdf")
        #expect(try office.verify(["broken.pdf"]).output.hasPrefix("INVALID: the file is no sound PDF"))
    }

    /// Inputs that would cost a careless reader its memory or its time.
    static let hostile: [String: [UInt8]] = [
        "nothing but a header": Array("%PDF-".utf8),
        "deep": Array("%PDF-1.7\n1 0 obj\n".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20),
        "larger than any license": Array("%PDF-1.7\n".utf8) + [UInt8](repeating: 0x20, count: 52 << 20),
        "loop": Array(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R/Prev 70>>\nstartxref\n70\n%%EOF\n"
                .utf8),
        "disclosures without end": Array(
            ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA~" + String(repeating: "WyJhIiwiYiIsImMiXQ~", count: 100_000)).utf8),
        "QR of noise": Array(("HTTPS://LOCALHOST/V#" + String(repeating: "A", count: 5000)).utf8),
    ]

    @Test(arguments: hostile.keys.sorted())
    func `gives a hostile input a verdict soon, in bounded memory`(form: String) throws {
        try office.write(try #require(Self.hostile[form]), to: "hostile")
        let begin = Date()
        let limited = Process()
        limited.executableURL = URL(fileURLWithPath: "/bin/sh")
        // Address space, in KiB, leaves room for what the runtime maps and never touches.
        limited.arguments = [
            "-c", "ulimit -v 1500000; exec \"$0\" \"$@\"", Chancery.binary.path, "verify", "hostile", "--trust",
            "keys/trust", "--offline", "--json",
        ]
        limited.currentDirectoryURL = office.folder
        let output = Pipe()
        (limited.standardOutput, limited.standardError) = (output, FileHandle.nullDevice)
        try limited.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        limited.waitUntilExit()
        #expect(limited.terminationReason == .exit)
        #expect(Date().timeIntervalSince(begin) < 10)
        // A text too long for any QR code is of no known form.
        guard form != "QR of noise" else {
            #expect(limited.terminationStatus == 65 && bytes.isEmpty)
            return
        }
        #expect([1, 2].contains(limited.terminationStatus))
        #expect(try JSONReader.read(bytes).array?.first?["indication"] != "TOTAL-PASSED")
    }
}
