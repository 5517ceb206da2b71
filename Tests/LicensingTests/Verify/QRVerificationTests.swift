import Credentials
import Licensing
import Primitives
import Testing

@Suite struct QRVerificationTests {
    private func verdict(_ text: String, _ change: (inout Verifying) throws -> Void = { _ in }) async throws -> Verdict
    {
        var verifying = try Verifying()
        verifying.certificates = [
            try TestTrust.shared.authority.certificate, try TestTrust.shared.market.certificate,
            try TestTrust.shared.food.certificate,
        ]
        try change(&verifying)
        return try await verifying(text)
    }

    @Test func `a QR text as issued is valid, in lower case too`() async throws {
        let sample = try LicenseSample()
        let text = try sample.qr()
        for text in [text, text.lowercased(), " \(text)\n"] {
            let verdict = try await verdict(text)
            #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
            #expect(verdict.format == .qr)
            #expect(verdict.license?.number == sample.number)
            #expect(verdict.license?.issuer?.code == TestTrust.marketCode)
            #expect(verdict.license?.fields.isEmpty == true)
            #expect(verdict.licenseStatus?.state == .valid)
        }
    }

    @Test func `another host in the text is noted and the signature decides`() async throws {
        let verdict = try await verdict(LicenseSample().qr(host: "elsewhere.example"))
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.checks.contains { $0.name == "host" && $0.outcome == .skipped })
    }

    @Test func `without the signer's certificate nothing can be told`() async throws {
        let verdict = try await verdict(LicenseSample().qr()) { $0.certificates = [] }
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .noSigningCertificate)
    }

    @Test func `the signer's certificate alone is no trust`() async throws {
        let verdict = try await verdict(LicenseSample().qr()) { $0.anchors = [] }
        #expect(verdict.subIndication == .noCertificateChain)
    }

    @Test func `a changed letter is refused`() async throws {
        let text = try LicenseSample().qr()
        let body = text.firstIndex(of: "#").map { text.index($0, offsetBy: 60) }
        let index = try #require(body)
        let other = text[index] == "A" ? "B" : "A"
        let changed = text[..<index] + other + text[text.index(after: index)...]
        #expect(try await verdict(String(changed)).indication == .totalFailed)
    }

    @Test func `a token signed by another department than the one in the number is refused`() async throws {
        var sample = try LicenseSample()
        sample.credentialSigner = sample.trust.food
        let verdict = try await verdict(sample.qr())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.decisive == "issuer")
    }

    @Test func `a number of the faulty writer is named, not called forged`() async throws {
        var sample = try LicenseSample()
        let body = TestTrust.typeCode + TestTrust.marketCode + "20260000001" + "001"
        let legacy = try #require(CheckCharacter.legacyMod37(body))
        sample.number = String(sample.number.dropLast()) + String(legacy)
        let verdict = try await verdict(sample.qr())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.headline.contains("legacy variant"))
    }

    @Test func `a revoked license is refused and an old print expires`() async throws {
        let text = try LicenseSample().qr()
        let revoked = try await verdict(text) { $0.statusTokens = [try StatusDesk(value: 1).token()] }
        #expect(revoked.licenseStatus?.state == .revoked)
        let late = try await verdict(text) { $0.at = TestTrust.instant("2027-12-01T00:00:00Z") }
        #expect(late.indication == .totalFailed)
        #expect(late.subIndication == .expired)
    }

    @Test func `a certificate with an unknown critical extension is refused`() async throws {
        var draft = TestTrust.department("Market", TestTrust.marketCode)
        draft.hasUnknownCriticalExtension = true
        var sample = try LicenseSample()
        sample.credentialSigner = try TestParty(draft, issuer: sample.trust.authority)
        let certificate = sample.credentialSigner.certificate
        let verdict = try await verdict(sample.qr()) { $0.certificates.append(certificate) }
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .chainConstraints)
    }
}
