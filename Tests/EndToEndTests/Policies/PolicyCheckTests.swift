import Foundation
import Testing

/// `chancery policy check`, and what other commands say of a policy with faults.
@Suite final class `The policy folder` {
    private let office: Chancery
    private static let type = "policies/licenses/business-license/type.yaml"
    private static let portal = "policies/portals/citizen-portal.yaml"
    private static let page = "policies/licenses/business-license/page.svg"

    init() throws { office = try .office(copyingPolicies: true) }

    deinit { office.remove() }

    private func replace(_ old: String, with new: String, in file: String) throws {
        let text = String(decoding: try office.bytes(file), as: UTF8.self)
        #expect(text.contains(old), "\(file) has \(old)")
        try office.write(text.replacing(old, with: new, maxReplacements: 1), to: file)
    }

    /// The faults as `policy check` prints them, one a line.
    private func faults() throws -> [String] {
        let run = try office.run(["policy", "check"])
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(run.status == (lines.isEmpty ? 0 : 1))
        run.expectNoInsides()
        return lines
    }

    @Test func `as shipped is sound`() throws {
        let run = try office.run(["policy", "check"])
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.talk == "policies is sound")
        let elsewhere = try office.run(["policy", "check", "--policies", office.file("policies").path])
        #expect(elsewhere.status == 0)
    }

    @Test(arguments: [
        ("departments: [market-regulation]", "departmnts: [market-regulation]", "departments"),
        ("departments: [market-regulation]", "departments: [navy]", "navy"),
        ("code: 11100000000013338W001", "code: 11100000000013338X001", "is followed by W"),
        ("code: 11100000000013338W001", "code: 11100000000013338W002", "11100000000013338W002"),
        ("name: {en: Business License, zh: 营业执照}", "name: {zh: 营业执照}", "en"),
        ("validity: permanent", "validity: {years: many}", "a whole number from 1 to 100"),
        ("formats: [pdf, sd-jwt]", "formats: [papyrus]", "papyrus"),
        ("pages: {zh: page.svg}", "pages: {zh: nowhere.svg}", "nowhere.svg"),
        ("type: date", "type: dat", "date"),
    ])
    func `with a fault tells file, line, column and what would be right`(old: String, new: String, words: String) throws
    {
        try replace(old, with: new, in: Self.type)
        let found = try faults()
        #expect(found.count >= 1)
        let place = try #require(found.first { $0.contains(words) }, "\(found)")
        #expect(place.contains(#/^policies/.+:\d+:\d+: /#), "\(place)")
    }

    /// Old text, new text, what of the new text the fault points at, and what it says.
    @Test(arguments: [
        ("kind: confidential", "kind: confidentail", "confidentail", "did you mean `confidential`?"),
        (
            "department: market-regulation", "department: market-regulations", "market-regulations",
            "`market-regulation`"
        ),
        ("redirectURIs:", "redirectURLs:", "redirectURLs", "did you mean `redirectURIs`?"),
        ("\"http://127.0.0.1:9001/callback\"", "\"http://portal.example/callback\"", "\"http://portal", "https"),
        ("9001/callback\"]", "9001/callback#top\"]", "\"http://127.0.0.1:9001/callback", "fragment"),
        ("client_secret_basic", "none", "none", "give it a secret or a key"),
        ("cc65024c22", "cc65024c2", "0b307b58", "64 hexadecimal digits"),
        ("[authorization_code,", "[implicit,", "implicit", "`authorization_code`"),
        ("consent: notice", "consent: notice\nprofile: fapi2", "client_secret_basic", "needs `private_key_jwt`"),
        ("consent: notice", "consent: notice\nassurance: {minimum: highest}", "highest", "`high`"),
        ("[permit-registry]", "[permit-registri]", "permit-registri", "did you mean `permit-registry`?"),
    ])
    func `with a fault in a portal tells file, line, column and what would be right, and nobody is served`(
        old: String, new: String, place: String, words: String
    ) throws {
        try replace(old, with: new, in: Self.portal)
        let found = try faults()
        let text = String(decoding: try office.bytes(Self.portal), as: UTF8.self)
        let before = try #require(text.range(of: place)).lowerBound
        let lines = text[..<before].split(separator: "\n", omittingEmptySubsequences: false)
        let expected = "\(Self.portal):\(lines.count):\((lines.last?.count ?? 0) + 1): "
        let fault = try #require(found.first { $0.hasPrefix(expected) }, "\(expected)… is not in \(found)")
        #expect(fault.contains(words), "\(fault)")
        let serving = try office.run(["serve"])
        serving.expectFault(78, lines: found.count)
        for fault in found { #expect(serving.talk.contains(fault), "\(serving.talk)") }
    }

    @Test func `tells all faults in one run, and every other command exits 78 with the same`() throws {
        try replace("required: true", with: "requird: true", in: Self.type)
        try replace("code: 1111", with: "code: 1112", in: "policies/departments/market-regulation.yaml")
        try replace("languages:", with: "langages:", in: "policies/authority.yaml")
        let found = try faults()
        for file in ["business-license/type.yaml", "market-regulation.yaml", "authority.yaml"] {
            #expect(found.contains { $0.contains(file) }, "\(found)")
        }
        #expect(found.contains { $0.contains("languages") })
        for command in [
            ["issue", "--type", "food-permit", "--input", "policies/examples/food-permit.json"], ["serve"], ["init"],
            ["audit", "verify"], ["keys", "list"], ["bundle", "--out", "b"],
        ] {
            let run = try office.run(command)
            run.expectFault(78, lines: nil)
            for fault in found { #expect(run.talk.contains(fault), "\(command): \(run.talk)") }
            #expect(run.talk.split(separator: "\n").count == found.count)
        }
    }

    @Test func `with a page that names an unknown field is faulty too`() throws {
        try replace("data-field=\"holder.name\"", with: "data-field=\"holder.nickname\"", in: Self.page)
        let found = try faults()
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains("page.svg:") == true)
        #expect(found.first?.contains("holder.nickname") == true)
        let run = try office.run(["issue", "--type", "food-permit", "--input", "policies/examples/food-permit.json"])
        run.expectFault(78, "holder.nickname")
        #expect(try office.run(["serve"]).status == 78)
        // Who draws no page needs none.
        #expect(try office.run(["audit", "verify"]).status == 0)
    }

    @Test(arguments: ["no SVG", "no XML at all", "a script inside"])
    func `with a page that is no template is a fault of that file`(form: String) throws {
        switch form {
        case "no SVG": try office.write("<html></html>", to: Self.page)
        case "no XML at all": try office.write([0x89, 0x50, 0x4E, 0x47, 0xFF], to: Self.page)
        default: try office.write("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script>", to: Self.page)
        }
        let found = try faults()
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix(Self.page + ":") }, "\(found)")
    }

    @Test(arguments: ["missing", "a folder", "not UTF-8", "no YAML", "huge", "a link to nothing", "bomb"])
    func `with a file that cannot be read or understood names it`(form: String) throws {
        let file = "policies/authority.yaml"
        try FileManager.default.removeItem(at: office.file(file))
        switch form {
        case "missing": break
        case "a folder":
            try FileManager.default.createDirectory(at: office.file(file), withIntermediateDirectories: true)
        case "not UTF-8": try office.write([0x6E, 0xFF, 0xFE, 0x3A, 0x20, 0x78], to: file)
        case "no YAML": try office.write("name: {en: [}\n", to: file)
        case "huge": try office.write([UInt8](repeating: 0x23, count: 20 << 20), to: file)
        case "bomb":
            let levels = (1...9).map {
                "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ",") + "]"
            }
            try office.write((["a0: &a0 [x]"] + levels).joined(separator: "\n"), to: file)
        default:
            try FileManager.default.createSymbolicLink(
                at: office.file(file), withDestinationURL: office.file("nowhere"))
        }
        let found = try faults()
        #expect(found.contains { $0.contains("authority.yaml") }, "\(found)")
        #expect(found.count <= 30)
    }
}
