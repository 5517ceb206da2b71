import Licensing
import PolicyFiles
import Testing

struct LicenseTypeFileTests {
    private func faults(_ old: String, to new: String) throws -> [String] {
        try PolicySample.changing(PolicySample.type, old, to: new).faults().map {
            $0.replacing(PolicySample.type + ":", with: "")
        }
    }

    private func type(_ old: String, to new: String) throws -> LicenseType? {
        try PolicySample.changing(PolicySample.type, old, to: new).onDisk {
            try PolicyFolder.load($0).licensing.types["market-stall"]
        }
    }

    @Test func `an empty type names every key it needs`() throws {
        #expect(
            try faults("", to: "{}\n") == [
                "1:1: `code` is missing: give the type code, 21 characters: the defining authority's code and three digits",
                "1:1: `departments` is missing: give a list, each the id of a department, the name of its file",
                "1:1: `holder` is missing: give one of `person`, `organization`, `either`",
                "1:1: `name` is missing: give a text by language, for example `{en: Example, zh: 示例}`",
                "1:1: `validity` is missing: give `permanent` or one of `{years: n}`, `{months: n}`, `{days: n}`, `{until: <a required date field>}`",
                "1:1: the format `pdf` needs a page template: give `pages: {zh: page.svg}`",
            ])
    }

    @Test func `a type code is a right authority code and three digits`() throws {
        #expect(
            try faults("11100000000013338W004", to: "11100000000013338X004") == [
                "1:7: wrong check character in `11100000000013338X`: 11100000000013338 is followed by W, so `11100000000013338W` would be right"
            ])
        #expect(
            try faults("11100000000013338W004", to: "11100000000013338W04") == [
                "1:7: a type code has 21 characters, the defining authority's code and three digits; `11100000000013338W04` has 20"
            ])
        #expect(
            try faults("11100000000013338W004", to: "11100000000013338WA04") == [
                "1:7: `A04` is no sequence number: a type code ends in three digits, for example `11100000000013338W001`"
            ])
    }

    @Test func `a department must be there, once`() throws {
        #expect(
            try faults("[market-regulation]", to: "[market-regulaton]") == [
                "3:15: there is no department `market-regulaton`: did you mean `market-regulation`?"
            ])
        #expect(
            try faults("[market-regulation]", to: "[market-regulation, taxes, market-regulation]") == [
                "3:34: there is no department `taxes`: known are `market-regulation`",
                "3:41: the department `market-regulation` stands twice, first in line 3: take one out",
            ])
        #expect(
            try faults("[market-regulation]", to: "[]") == [
                "3:14: an empty list: expected at least one, each the id of a department, the name of its file"
            ])
    }

    @Test func `a holder is one of three words`() throws {
        #expect(
            try faults("either", to: "organisation") == [
                "4:9: unknown word `organisation`: did you mean `organization`?"
            ])
        #expect(
            try faults("either", to: "dog") == ["4:9: expected one of `person`, `organization`, `either`, found `dog`"])
    }

    @Test func `an approval is a small number of checkers`() throws {
        #expect(try type("holder: either", to: "holder: either\napproval: {checkers: 2}")?.requiredCheckers == 2)
        #expect(
            try faults("holder: either", to: "holder: either\napproval: {checkers: \"1\"}") == [
                "5:22: `1` is a text: write the number without quotes"
            ])
        #expect(
            try faults("holder: either", to: "holder: either\napproval: {checkers: 1.5}") == [
                "5:22: expected a whole number from 0 to 9, found `1.5`"
            ])
        #expect(
            try faults("holder: either", to: "holder: either\napproval: 1") == [
                "5:11: expected the approval, for example `{checkers: 0}`, found `1`"
            ])
    }

    @Test func `formats are known ones, each once`() throws {
        #expect(try type("holder: either", to: "holder: either\nformats: [sd-jwt]")?.formats == [.sdJWT])
        #expect(
            try faults("holder: either", to: "holder: either\nformats: [pdf, ofd, sd_jwt, pdf]")
                == [
                    "5:16: expected one of `pdf`, `sd-jwt`, found `ofd`",
                    "5:21: unknown word `sd_jwt`: did you mean `sd-jwt`?",
                    "5:29: the format `pdf` stands twice, first in line 5: take one out",
                ])
    }

    @Test func `a page template is a file of the type's own folder`() throws {
        #expect(
            try faults("{en: page.svg}", to: "{en: pagee.svg}") == [
                "9:13: there is no page template `pagee.svg` in licenses/market-stall: did you mean `page.svg`?"
            ])
        #expect(
            try faults("{en: page.svg}", to: "{en: certificate.svg}") == [
                "9:13: there is no page template `certificate.svg` in licenses/market-stall: there are `page.svg`"
            ])
        for escape in ["../market-stall/page.svg", "/etc/page.svg", ".svg", "page.pdf"] {
            #expect(
                try faults("{en: page.svg}", to: "{en: \(escape)}") == [
                    "9:13: `\(escape)` is no page template: name an SVG file in the type's own folder, `page.svg`"
                ])
        }
        #expect(
            try faults("{en: page.svg}", to: "page.svg") == [
                "9:8: expected a page template by language, for example `{zh: page.svg}`, found `page.svg`"
            ])
    }

    @Test func `a type that is drawn needs a page, one that is not needs none`() throws {
        #expect(
            try faults("pages: {en: page.svg}\n", to: "") == [
                "1:1: the format `pdf` needs a page template: give `pages: {zh: page.svg}`"
            ])
        #expect(try faults("pages: {en: page.svg}", to: "formats: [sd-jwt]") == [])
    }

    @Test func `status codes belong to known words`() throws {
        let codes = try type("pages:", to: "statusCodes: {valid: \"01\", expired: 05}\npages:")?.statusCodes
        #expect(codes == ["valid": "01", "expired": "05"])
        #expect(
            try faults("pages:", to: "statusCodes: {revokd: \"07\", lost: \"1\", valid: \"ok!\"}\npages:") == [
                "9:15: unknown status `revokd`: did you mean `revoked`?",
                "9:29: unknown status `lost`: known are `cancelled`, `expired`, `other`, `revoked`, `superseded`, `suspended`, `transferred`, `valid` and `withdrawn`",
                "9:47: `ok!` is no status code: use 1 to 8 ASCII letters or digits, for example \"01\"",
            ])
    }
}
