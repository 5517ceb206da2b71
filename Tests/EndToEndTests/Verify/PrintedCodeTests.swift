import Foundation
import Primitives
import Testing

/// The QR code as a camera reads it from the printed page, given to `chancery verify -`.
@Suite(
    .enabled(
        if: Camera.isThere, "reading a printed code needs pdftoppm and .build/interop-venv, which tools/test makes"))
final class `The code on a printed page` {
    private let office: Chancery
    private let number: String
    private let text: String

    init() throws {
        office = try .office()
        number = try office.issue("safety-officer")
        text = try Camera.read(office.file("issued/\(number).pdf"), in: office.folder)
        try office.bundle()
    }

    deinit { office.remove() }

    private func verify(
        _ text: String, bundle: String? = "status.bundle", _ options: [String] = []
    ) throws -> (Int32, JSONValue) {
        let run = try office.verify(["-"], bundle: bundle, options + ["--json"], input: Array((text + "\n").utf8))
        return (run.status, try #require(JSONReader.read(run.bytes).array?.first))
    }

    @Test func `verifies offline, and tells few things`() throws {
        #expect(text.hasPrefix("HTTPS://LOCALHOST"))
        let (status, verdict) = try verify(text)
        #expect(status == 0, "\(verdict.compactText)")
        #expect(verdict["format"] == "qr")
        #expect(verdict["license"]?["number"]?.string == number)
        #expect(verdict["licenseStatus"]?["state"] == "valid")
        let name = verdict["license"]?["holders"]?.array?.first?["name"]?.string
        #expect(name != nil && name != "陆知行", "the name is masked")
        #expect(!verdict.compactText.contains("99010119860923004X"))
    }

    @Test func `is read in lower case and whatever host it names`() throws {
        #expect(try verify(text.lowercased()).0 == 0)
        let elsewhere = text.replacing(#/HTTPS:\/\/[^\/]*/#, with: "HTTPS://EVIL.EXAMPLE")
        let (status, verdict) = try verify(elsewhere)
        #expect(status == 0, "the signature decides")
        #expect(
            verdict["checks"]?.array?.contains { $0["detail"]?.string?.lowercased().contains("evil.example") == true }
                == true)
    }

    @Test func `is refused when a letter is changed, and once the license is revoked`() throws {
        for place in [text.count / 2, text.count - 40] {
            var letters = Array(text)
            letters[place] = letters[place] == "A" ? "B" : "A"
            #expect(try verify(String(letters)).0 == 1)
        }
        #expect(try verify(String(text.dropLast(10))).0 == 1)
        #expect(try office.run(["revoke", number, "--reason", "x"]).status == 0)
        try office.bundle("fresh.bundle")
        let (status, verdict) = try verify(text, bundle: "fresh.bundle")
        #expect(status == 1)
        #expect(verdict["subIndication"] == "REVOKED")
    }

    @Test func `cannot be told without its signer's certificate, or without status`() throws {
        #expect(try verify(text, bundle: nil).0 == 2)
        let (status, verdict) = try verify(text, bundle: nil, ["--trust", "keys/certificates"])
        #expect(status == 2)
        #expect(verdict["subIndication"] == "TRY_LATER")
    }
}

/// Renders a page as print would have it and reads the code on it, with programs that nobody here wrote.
enum Camera {
    private static let python = Chancery.repository.appending(path: ".build/interop-venv/bin/python").path

    static var isThere: Bool {
        [python, "/usr/bin/pdftoppm"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func read(_ pdf: URL, in folder: URL) throws -> String {
        let page = folder.appending(path: "page").path
        _ = try output("/usr/bin/pdftoppm", ["-r", "150", "-png", "-singlefile", pdf.path, page])
        return try output(
            python,
            [
                "-c",
                "import sys, zxingcpp; from PIL import Image; print(zxingcpp.read_barcodes(Image.open(sys.argv[1]))[0].text)",
                page + ".png",
            ])
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Misfortune("\(program) failed") }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
