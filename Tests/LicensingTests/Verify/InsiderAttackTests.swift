import Credentials
import JOSE
import Licensing
import Primitives
import Testing

/// Documents changed and signed again with a department's own keys.
@Suite struct InsiderAttackTests {
    private func verdict(_ bend: (inout LicenseSample) throws -> Void) async throws -> Verdict {
        var sample = try LicenseSample()
        try bend(&sample)
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .totalFailed, "\(verdict.plainText)")
        return verdict
    }

    @Test func `another department's signature under a license is refused`() async throws {
        let verdict = try await verdict { $0.pdfSigner = $0.trust.food }
        #expect(verdict.decisive == "signer-department")
    }

    @Test func `another department's signature under data and page is refused`() async throws {
        let verdict = try await verdict {
            ($0.pdfSigner, $0.credentialSigner) = ($0.trust.food, $0.trust.food)
        }
        #expect(verdict.decisive == "issuer")
    }

    @Test func `a page changed after the data were signed is refused`() async throws {
        let other = try LicenseSample().credential()
        let verdict = try await verdict {
            $0.attached = [other]
            $0.texts[1].text = "Wild Sea Trading"
        }
        #expect(verdict.subIndication == .hashFailure)
        #expect(verdict.decisive == "page")
    }

    @Test func `the data of another license under a page are refused`() async throws {
        let other = try LicenseSample(serial: "20260000002").credential()
        let verdict = try await verdict { $0.attached = [other] }
        #expect(verdict.decisive == "page")
    }

    @Test func `a license stripped of its data is refused`() async throws {
        let verdict = try await verdict { $0.attached = [] }
        #expect(verdict.decisive == "license-data")
    }

    @Test func `data signed by nobody who is trusted are refused`() async throws {
        var sample = try LicenseSample()
        sample.credentialSigner = try TestParty(
            TestTrust.department("Market", TestTrust.marketCode), issuer: sample.trust.foreignRoot)
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.decisive == "license-data-certificate-path")
    }

    @Test func `data that say nothing of the page are refused`() async throws {
        let verdict = try await verdict {
            $0.claims["page"] = ["sha-256": .string(Base64.encodeURL([UInt8](repeating: 0, count: 32)))]
        }
        #expect(verdict.decisive == "page")
    }

    @Test(arguments: [
        ("holder.name", "Wild Sea Trading"), ("number", "1.2.156.3005.2.1.2.3.001.X"), ("validFrom", "2020-01-01"),
        ("issuedOn", "2020-01-01"), ("validUntil", "Permanent"), ("validUntil", "2099-12-31"),
        ("issuer.name", "Ministry of Truth"), ("type.name", "Banking License"), ("holder.id", "000"),
        ("residence", "1 Palace Square"), ("unknown", "anything"),
    ])
    func `a page that shows something else than the data say is refused`(field: String, text: String) async throws {
        let verdict = try await verdict { $0.texts.append(SampleText(field: field, text: text)) }
        #expect(verdict.decisive == "page-text")
    }

    @Test func `text outside of every field is refused`() async throws {
        let verdict = try await verdict { $0.texts.append(SampleText(field: "", text: "Also valid for banking")) }
        #expect(verdict.decisive == "page-text")
    }

    @Test func `a field whose text is not painted is refused`() async throws {
        let verdict = try await verdict { $0.texts[1].isHidden = true }
        #expect(verdict.decisive == "page-text")
    }

    @Test func `a mark cannot lend a date another text`() async throws {
        let verdict = try await verdict { $0.texts[4].text = "2020-01-01" }
        #expect(verdict.decisive == "page-text")
    }

    @Test func `metadata of another number are refused`() async throws {
        let other = try LicenseSample(serial: "20260000002").number
        let verdict = try await verdict { $0.metadataNumber = other }
        #expect(verdict.decisive == "metadata")
    }

    @Test func `a number with a wrong check character is refused`() async throws {
        let verdict = try await verdict { sample in
            let wrong = String(sample.number.dropLast()) + (sample.number.hasSuffix("A") ? "B" : "A")
            sample.claims["number"] = .string(wrong)
        }
        #expect(verdict.decisive == "license-claims")
    }

    @Test func `a type or issuer that is not the one in the number is refused`() async throws {
        for (name, code) in [("issuer", TestTrust.foodCode), ("type", "11100000000013338W002")] {
            let verdict = try await verdict { $0.claims[name] = ["code": .string(code), "name": ["en": "Other"]] }
            #expect(verdict.decisive == "license-claims")
        }
    }
}
