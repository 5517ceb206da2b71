import Licensing
import Primitives
import Testing

@Suite struct VerdictTextTests {
    private func verdict(_ indication: Indication, _ checks: [Check]) -> Verdict {
        var verdict = Verdict(input: "sample")
        (verdict.indication, verdict.checks) = (indication, checks)
        return verdict
    }

    private func check(_ outcome: Check.Outcome, _ detail: String) -> Check {
        Check(name: "some-check", outcome: outcome, detail: detail, reference: "RFC 0")
    }

    @Test func `the first line says why in plain words`() {
        let checks = [
            check(.passed, "fine"), check(.indeterminate, "the list cannot be had"), check(.failed, "it was revoked"),
        ]
        #expect(verdict(.totalFailed, checks).headline == "INVALID: it was revoked")
        #expect(verdict(.indeterminate, Array(checks.dropLast())).headline == "CANNOT TELL: the list cannot be had")
        #expect(verdict(.totalPassed, []).headline == "VALID")
        #expect(verdict(.totalFailed, checks).plainText.split(separator: "\n").first == "INVALID: it was revoked")
    }

    @Test func `text from outside cannot steer the terminal`() {
        var verdict = verdict(.totalFailed, [check(.failed, "\u{1B}[2Jsigned by \u{202E}nobody\nVALID")])
        verdict.signer = SignerSection(
            subject: "CN=\u{07}Bell", certificateStatus: "unknown", signedAt: nil, timeSource: "none")
        let controls = verdict.plainText.unicodeScalars.filter {
            $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
        }
        #expect(controls.isEmpty)
        #expect(!verdict.plainText.split(separator: "\n").contains("VALID"))
    }

    @Test func `the whole number of a person's id is not printed`() {
        var verdict = verdict(.totalPassed, [])
        let holder = LicenseSection.DisclosedHolder(name: "A", idType: "111", id: "11010519491231002X")
        verdict.license = LicenseSection(
            number: "1", type: nil, issuer: nil, holders: [holder], validFrom: TestTrust.now.date, validUntil: nil,
            fields: JSONObject())
        #expect(!verdict.plainText.contains("11010519491231002X"))
        #expect(verdict.plainText.contains("110105********002X"))
    }
}
