import Licensing
import Primitives
import Testing

@Suite struct SignerCertificateTests {
    private let trust: TestTrust

    init() throws {
        trust = try TestTrust.shared
    }

    private func sample(_ change: (inout CertificateDraft) -> Void, stamped: Bool = true) throws -> LicenseSample {
        var draft = TestTrust.department("Market", TestTrust.marketCode)
        change(&draft)
        var sample = try LicenseSample()
        sample.pdfSigner = try TestParty(draft, issuer: trust.authority)
        sample.credentialSigner = sample.pdfSigner
        if !stamped { sample.stamper = trust.foreignTimeStamp }
        return sample
    }

    @Test func `without trust nothing can be told`() async throws {
        var verifying = try Verifying()
        verifying.anchors = []
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .noCertificateChain)
        #expect(verdict.headline.hasPrefix("CANNOT TELL: "))
        #expect(verdict.license == nil)
    }

    @Test func `a department under another root is not trusted`() async throws {
        var sample = try LicenseSample()
        sample.pdfSigner = try TestParty(
            TestTrust.department("Market", TestTrust.marketCode), issuer: trust.foreignRoot)
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.subIndication == .noCertificateChain)
    }

    @Test func `a certificate that is no authority is never an anchor`() async throws {
        var verifying = try Verifying()
        verifying.anchors = [trust.market.certificate]
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.indication == .indeterminate)
    }

    @Test func `an unknown critical extension is refused`() async throws {
        let verdict = try await Verifying()(sample { $0.hasUnknownCriticalExtension = true }.pdf())
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .chainConstraints)
    }

    @Test func `a certificate that expired after the proven time is good`() async throws {
        let short = try sample { $0.notAfter = TestTrust.signedAt.adding(seconds: 3600) }
        let verdict = try await Verifying()(short.pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
    }

    @Test func `a certificate that expired, with no proof of time, leaves the answer open`() async throws {
        let short = try sample({ $0.notAfter = TestTrust.signedAt.adding(seconds: 3600) }, stamped: false)
        let verdict = try await Verifying()(short.pdf())
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .outOfBoundsWithoutProof)
    }

    @Test func `an expired certificate without proof does not hide a revoked license`() async throws {
        let short = try sample({ $0.notAfter = TestTrust.signedAt.adding(seconds: 3600) }, stamped: false)
        var verifying = try Verifying()
        verifying.statusTokens = [try StatusDesk(value: 1).token()]
        let verdict = try await verifying(short.pdf())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.licenseStatus?.state == .revoked)
        #expect(verdict.headline.contains("revoked"))
    }

    @Test func `a certificate that had expired when it signed is refused`() async throws {
        let short = try sample { $0.notAfter = TestTrust.signedAt.adding(seconds: -3600) }
        let verdict = try await Verifying()(short.pdf())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.subIndication == .expired)
    }

    @Test func `a certificate revoked before it signed is refused`() async throws {
        var verifying = try Verifying()
        verifying.revocationLists[0] = try trust.authority.revocationList(
            revoked: [(trust.market, TestTrust.signedAt.adding(seconds: -3600))])
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.subIndication == .revoked)
        #expect(verdict.signer?.certificateStatus == "revoked")
    }

    @Test func `a certificate revoked with no proof of time leaves the answer open`() async throws {
        var sample = try LicenseSample()
        sample.stamper = trust.foreignTimeStamp
        var verifying = try Verifying()
        verifying.revocationLists[0] = try trust.authority.revocationList(
            revoked: [(trust.market, TestTrust.signedAt.adding(seconds: 3600))])
        verifying.statusTokens = [try StatusDesk(signer: freshSigner()).token()]
        let verdict = try await verifying(sample.pdf())
        #expect(verdict.indication == .indeterminate, "\(verdict.plainText)")
        #expect(verdict.subIndication == .revokedWithoutProof)
    }

    @Test func `a certificate revoked after the proven time passes with a note`() async throws {
        var verifying = try Verifying()
        verifying.revocationLists[0] = try trust.authority.revocationList(
            revoked: [(trust.market, TestTrust.signedAt.adding(seconds: 3600))])
        verifying.statusTokens = [try StatusDesk(signer: freshSigner()).token()]
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.signer?.certificateStatus == "revoked")
    }

    @Test func `a revocation list is fetched from the address in the verified certificate`() async throws {
        let list = try trust.authority.revocationList(
            revoked: [(trust.market, TestTrust.signedAt.adding(seconds: -3600))])
        let url = "https://\(TestTrust.host)/crl/issuing-ca.crl"
        let fetcher = MemoryFetcher([url: list])
        var verifying = try Verifying()
        (verifying.revocationLists, verifying.isOffline, verifying.fetcher) = ([], false, fetcher)
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.subIndication == .revoked)
        #expect(await fetcher.asked == [url])
    }

    @Test func `a revocation list that cannot be had leaves the answer open`() async throws {
        var verifying = try Verifying()
        (verifying.revocationLists, verifying.isOffline, verifying.fetcher) = ([], false, MemoryFetcher([:]))
        let verdict = try await verifying(LicenseSample().pdf())
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .tryLater)
    }

    @Test func `without trust no address is asked`() async throws {
        let fetcher = MemoryFetcher([:])
        var verifying = try Verifying()
        (verifying.anchors, verifying.revocationLists, verifying.statusTokens) = ([], [], [])
        (verifying.isOffline, verifying.fetcher) = (false, fetcher)
        _ = try await verifying(LicenseSample().pdf())
        #expect(await fetcher.asked == [])
    }

    /// The department's next signer: a list signed with a revoked certificate would say nothing.
    private func freshSigner() throws -> TestParty {
        try TestParty(TestTrust.department("Market", TestTrust.marketCode), issuer: trust.authority)
    }
}
