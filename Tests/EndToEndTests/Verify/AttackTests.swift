import CMS
import Foundation
import PDF
import Primitives
import Testing

/// Freshly issued documents, changed with plain byte operations: every change is refused.
@Suite final class `A forger of documents` {
    private let office: Chancery
    private let number: String
    private let other: String

    init() throws {
        office = try .office()
        (number, other) = (try office.issue(), try office.issue())
        try office.bundle()
    }

    deinit { office.remove() }

    private func verify(_ forgeries: [(name: String, bytes: [UInt8])]) throws -> Chancery.Run {
        for (index, forgery) in forgeries.enumerated() { try office.write(forgery.bytes, to: "forgery\(index)") }
        return try office.verify(forgeries.indices.map { "forgery\($0)" }, ["--json"])
    }

    /// Verifies all forgeries in one run; each must be TOTAL-FAILED.
    private func expectRefused(
        _ forgeries: [(name: String, bytes: [UInt8])], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let run = try verify(forgeries)
        let verdicts = try JSONReader.read(run.bytes).array ?? []
        #expect(verdicts.count == forgeries.count, sourceLocation: sourceLocation)
        for (forgery, verdict) in zip(forgeries, verdicts) {
            #expect(
                verdict["indication"] == "TOTAL-FAILED", "\(forgery.name): \(verdict.compactText)",
                sourceLocation: sourceLocation)
        }
        #expect(run.status == 1, sourceLocation: sourceLocation)
    }

    private func pdf(_ number: String) throws -> [UInt8] { try office.bytes("issued/\(number).pdf") }

    /// Where a text begins, counted from the end where it occurs more than once.
    private func place(of text: String, in bytes: [UInt8]) throws -> Int {
        try #require(bytes.ranges(of: Array(text.utf8)).last?.lowerBound, "\(text)")
    }

    /// What stands between `stream` and `endstream` of the object that holds a text in its dictionary.
    private func stream(holding text: String, in bytes: [UInt8]) throws -> Range<Int> {
        let object = try place(of: text, in: bytes)
        let begin = try #require(bytes[object...].firstRange(of: Array("stream\n".utf8))).upperBound
        let end = try #require(bytes[begin...].firstRange(of: Array("endstream".utf8))).lowerBound
        return begin..<end
    }

    @Test func `who adds bytes or takes them away is found out`() throws {
        let whole = try pdf(number)
        let update = "\n999 0 obj\n<</Type/Annot>>\nendobj\n"
        let startxref = try place(of: "startxref", in: whole)
        let position = String(decoding: whole[(startxref + 10)...], as: UTF8.self).prefix { $0.isNumber }
        let size = try #require(
            String(decoding: whole[(try place(of: "/Size", in: whole))...], as: UTF8.self).firstMatch(of: #/\d+/#))
        let xref = whole.count + update.utf8.count
        let entry = String(repeating: "0", count: 10 - String(whole.count + 1).count) + String(whole.count + 1)
        let table =
            "xref\n999 1\n\(entry) 00000 n \ntrailer\n<</Size 1000/Prev \(position)/Root 1 0 R>>\nstartxref\n\(xref)\n%%EOF\n"
        try expectRefused([
            ("a byte after the end", whole + [0x20]), ("a line break after the end", whole + [0x0A]),
            ("a comment after the end", whole + Array("% nothing\n".utf8)), ("another file after it", whole + whole),
            ("an object with no table", whole + Array(update.utf8)),
            ("an object with a second end", whole + Array((update + "%%EOF\n").utf8)),
            ("an incremental update", whole + Array((update + table).utf8)),
            (
                "an update that changes nothing",
                whole
                    + Array(
                        "xref\n0 0\ntrailer\n<</Size \(size.output)/Prev \(position)/Root 1 0 R>>\nstartxref\n\(whole.count)\n%%EOF\n"
                            .utf8)
            ),
            ("the last byte cut", Array(whole.dropLast())), ("the tail cut", Array(whole.dropLast(200))),
            ("half of it", Array(whole.prefix(whole.count / 2))),
            (
                "a byte too many in the middle",
                Array(whole[..<(whole.count / 2)] + [0x20] + whole[(whole.count / 2)...])
            ),
        ])
    }

    private func turned(_ place: Int, in whole: [UInt8]) -> (name: String, bytes: [UInt8]) {
        var changed = whole
        changed[place] ^= 0x01
        return ("bit at \(place) of \(whole.count)", changed)
    }

    /// The value of /Contents: the one part that a signature in a PDF cannot cover.
    private func signature(in bytes: [UInt8]) throws -> Range<Int> {
        let contents = try place(of: "/Contents", in: bytes)
        let begin = try #require(bytes[contents...].firstIndex(of: UInt8(ascii: "<")))
        let end = try #require(bytes[begin...].firstIndex(of: UInt8(ascii: ">")))
        return begin..<end
    }

    @Test func `who turns a bit of what is signed is found out`() throws {
        let whole = try pdf(number)
        let signature = try signature(in: whole)
        let places = stride(from: 9, to: whole.count, by: whole.count / 60).filter { !signature.contains($0) }
        try expectRefused(places.map { turned($0, in: whole) })
    }

    /// A copy of an issuing authority's certificate in it may be damaged: it is only a hint, and without it a
    /// time-stamp proves no time. Who granted what to whom may not change.
    @Test func `who turns a bit of the signature changes nothing that the license says`() throws {
        let whole = try pdf(number)
        let signature = try signature(in: whole)
        let places = Array(stride(from: signature.lowerBound + 2, to: signature.upperBound, by: signature.count / 60))
        let run = try verify([("untouched", whole)] + places.map { turned($0, in: whole) })
        let verdicts = try JSONReader.read(run.bytes).array ?? []
        let untouched = try #require(verdicts.first)
        #expect(untouched["indication"] == "TOTAL-PASSED" && verdicts.count == places.count + 1)
        #expect(verdicts.dropFirst().contains { $0["indication"] == "TOTAL-FAILED" })
        for verdict in verdicts where verdict["indication"] == "TOTAL-PASSED" {
            let input = verdict["input"]?.string ?? ""
            for part in ["license", "licenseStatus"] { #expect(verdict[part] == untouched[part], "\(input): \(part)") }
            for part in ["subject", "certificateStatus"] {
                #expect(verdict["signer"]?[part] == untouched["signer"]?[part], "\(input): \(part)")
            }
            let isProven = verdict["signer"]?["timeSource"] == "timestamp"
            #expect(verdict["integrity"]?["level"] == (isProven ? "B-T" : "B-B"), "\(input)")
            if isProven { #expect(verdict["signer"]?["signedAt"] == untouched["signer"]?["signedAt"], "\(input)") }
        }
    }

    /// Where in a file the digits of some bytes of its signature begin.
    private func digits(of part: [UInt8], in whole: [UInt8]) throws -> Int {
        let signature = try signature(in: whole)
        let bytes = try #require(Hexadecimal.decode(String(decoding: whole[signature].dropFirst(), as: UTF8.self)))
        return signature.lowerBound + 1 + 2 * (try #require(bytes.ranges(of: part).last).lowerBound)
    }

    @Test func `who changes page, data or signature is found out`() throws {
        let whole = try pdf(number)
        let contents = try place(of: "/Contents", in: whole)
        let signature = try #require(whole[contents...].firstIndex(of: UInt8(ascii: "<")))
        let attachment = try stream(holding: "/Type /EmbeddedFile>>", in: whole)
        let metadata = try stream(holding: "/Type /Metadata>>", in: whole)
        func changed(_ place: Int, to byte: UInt8) -> [UInt8] {
            var bytes = whole
            bytes[place] = bytes[place] == byte ? byte ^ 1 : byte
            return bytes
        }
        let cms = try SignedData(parsing: #require(try PDFFile(parsing: whole).signatures().first).contents)
        let token = try TimeStampToken(parsing: #require(cms.timeStampTokens.first))
        let value = try digits(of: cms.signature, in: whole)
        let digest = try digits(of: #require(cms.messageDigest), in: whole)
        let stamp = try digits(of: token.signedData.signature, in: whole)
        let imprint = try digits(of: token.imprint, in: whole)
        try expectRefused([
            ("the attachment", changed(attachment.lowerBound + 40, to: 0x00)),
            ("the metadata", changed(metadata.lowerBound + 200, to: UInt8(ascii: "x"))),
            ("the signature's first digit", changed(signature + 1, to: UInt8(ascii: "4"))),
            ("the signature's value", changed(value + 80, to: UInt8(ascii: "7"))),
            ("the signed digest", changed(digest + 10, to: UInt8(ascii: "7"))),
            ("the time-stamp's value", changed(stamp + 80, to: UInt8(ascii: "7"))),
            ("the time-stamp's imprint", changed(imprint + 10, to: UInt8(ascii: "7"))),
            ("the byte range", changed(try place(of: "/ByteRange", in: whole) + 14, to: UInt8(ascii: "9"))),
            ("the header", changed(5, to: UInt8(ascii: "3"))),
        ])
    }

    @Test func `who swaps parts of two licenses is found out`() throws {
        let (one, two) = (try pdf(number), try pdf(other))
        func swapped(_ text: String) throws -> [UInt8] {
            let (from, to) = (try stream(holding: text, in: two), try stream(holding: text, in: one))
            return Array(one[..<to.lowerBound] + two[from] + one[to.upperBound...])
        }
        func inPlace(_ text: String) throws -> [UInt8] {
            let (from, to) = (try stream(holding: text, in: two), try stream(holding: text, in: one))
            var bytes = one
            for (target, source) in zip(to, from) { bytes[target] = two[source] }
            return bytes
        }
        var signed = one
        signed.replaceSubrange(try signature(in: one), with: two[try signature(in: two)])
        try expectRefused([
            ("the attachment of the other", try swapped("/Type /EmbeddedFile>>")),
            ("the attachment of the other, byte for byte", try inPlace("/Type /EmbeddedFile>>")),
            ("the metadata of the other", try inPlace("/Type /Metadata>>")),
            ("the signature of the other", signed),
        ])
    }

    @Test func `who changes a credential is found out`() throws {
        let text = String(decoding: try office.bytes("issued/\(number).sd-jwt"), as: UTF8.self)
        let foreign = String(decoding: try office.bytes("issued/\(other).sd-jwt"), as: UTF8.self)
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).components(separatedBy: "~")
        let others = foreign.trimmingCharacters(in: .whitespacesAndNewlines).components(separatedBy: "~")
        let token = parts[0].components(separatedBy: ".")
        let otherToken = others[0].components(separatedBy: ".")
        let payload = String(decoding: Base64.decodeURL(token[1]) ?? [], as: UTF8.self)
        #expect(payload.contains("validFrom"))
        let longer = Base64.encodeURL(
            Array(payload.replacing("\"validUntil\":null", with: "\"validUntil\":\"2099-01-01\"").utf8))
        let none = Base64.encodeURL(Array("{\"alg\":\"none\",\"typ\":\"dc+sd-jwt\"}".utf8))
        func joined(_ token: [String], _ rest: [String]) -> [UInt8] {
            Array(([token.joined(separator: ".")] + rest).joined(separator: "~").utf8)
        }
        let rest = Array(parts.dropFirst())
        let claim = Base64.encodeURL(Array("[\"c2FsdHNhbHRzYWx0c2FsdA\",\"rank\",\"admiral\"]".utf8))
        try expectRefused([
            ("another payload", joined([token[0], longer, token[2]], rest)),
            ("the payload of the other", joined([token[0], otherToken[1], token[2]], rest)),
            ("the signature of the other", joined([token[0], token[1], otherToken[2]], rest)),
            ("no algorithm", joined([none, token[1], ""], rest)),
            ("no algorithm, same signature", joined([none, token[1], token[2]], rest)),
            ("no end", joined(token, rest.dropLast())),
            ("a disclosure twice", joined(token, [rest[0]] + rest)),
            ("a disclosure of the other", joined(token, [others[1]] + rest)),
            ("a disclosure of nobody", joined(token, [claim] + rest)),
            ("a disclosure changed", joined(token, [String(rest[0].reversed())] + rest.dropFirst())),
            ("a padding", joined([token[0], token[1] + "=", token[2]], rest)),
            ("text after it", joined(token, rest) + Array("x".utf8)),
        ])
    }

    @Test func `who only withholds what may be withheld is believed`() throws {
        let text = String(decoding: try office.bytes("issued/\(number).sd-jwt"), as: UTF8.self)
        let bare = text.prefix { $0 != "~" } + "~"
        try office.write(String(bare), to: "bare.sd-jwt")
        let run = try office.verify(["bare.sd-jwt"], ["--json"])
        #expect(run.status == 0, "\(run.output)")
        let license = try JSONReader.read(run.bytes).array?.first?["license"]
        #expect(license?["fields"]?["legalRepresentative"] == nil)
        #expect(license?["fields"]?["enterpriseType"] == "limited")
        #expect(!run.output.contains("沈明远"))
    }
}
