import Licensing
import Primitives
import Testing

@Suite struct LicenseStatusTests {
    private func verdict(
        _ desk: StatusDesk?, _ change: (inout Verifying) throws -> Void = { _ in }
    ) async throws -> Verdict {
        var verifying = try Verifying()
        verifying.statusTokens = try desk.map { [try $0.token()] } ?? []
        try change(&verifying)
        return try await verifying(LicenseSample().pdf())
    }

    @Test(arguments: [
        (UInt8(1), LicenseStatusSection.State.revoked, SubIndication?.some(.revoked)), (2, .suspended, nil),
        (3, .cancelled, .revoked),
    ])
    func `a license that does not stand is refused, and the state is said`(
        value: UInt8, state: LicenseStatusSection.State, word: SubIndication?
    ) async throws {
        let verdict = try await verdict(StatusDesk(value: value))
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.subIndication == word)
        #expect(verdict.licenseStatus?.state == state)
        #expect(verdict.headline.contains(state.rawValue))
        #expect(verdict.license != nil)
    }

    @Test func `a superseded license names the next`() async throws {
        let details = JSONObject([
            ("chancery_details", [String(LicenseSample.statusIndex): ["state": "superseded", "by": "1.2.next"]])
        ])
        let verdict = try await verdict(StatusDesk(value: 3, details: details))
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.subIndication == nil)
        #expect(verdict.licenseStatus?.state == .superseded)
        #expect(verdict.licenseStatus?.supersededBy == "1.2.next")
    }

    @Test func `without status the answer stays open`() async throws {
        let verdict = try await verdict(nil)
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .tryLater)
        #expect(verdict.licenseStatus?.state == .unknown)
    }

    @Test func `a status list by another department says nothing`() async throws {
        let verdict = try await verdict(StatusDesk(signer: TestTrust.shared.food))
        #expect(verdict.subIndication == .tryLater)
    }

    @Test func `a status list by a stranger says nothing`() async throws {
        let stranger = try TestParty(
            TestTrust.department("Market", TestTrust.marketCode), issuer: TestTrust.shared.foreignRoot)
        #expect(try await verdict(StatusDesk(signer: stranger)).subIndication == .tryLater)
    }

    @Test func `a status list that is too old says nothing`() async throws {
        let verdict = try await verdict(StatusDesk(issuedAt: TestTrust.now.adding(seconds: -8 * 86_400)))
        #expect(verdict.subIndication == .tryLater)
    }

    @Test func `another status list says nothing`() async throws {
        let verdict = try await verdict(StatusDesk(subject: "https://\(TestTrust.host)/status-lists/2"))
        #expect(verdict.subIndication == .tryLater)
    }

    @Test func `of two status lists the newer counts`() async throws {
        let older = try StatusDesk(issuedAt: TestTrust.now.adding(seconds: -3600)).token()
        let verdict = try await verdict(StatusDesk(value: 1)) { $0.statusTokens.append(older) }
        #expect(verdict.licenseStatus?.state == .revoked)
    }

    @Test func `a place outside of the status list is refused`() async throws {
        let verdict = try await verdict(StatusDesk(capacity: 4))
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `an expired license is refused even where its status is out of reach`() async throws {
        let verdict = try await verdict(nil) { $0.at = TestTrust.instant("2027-11-20T00:00:00Z") }
        #expect(verdict.indication == .totalFailed, "\(verdict.plainText)")
        #expect(verdict.subIndication == .expired)
        #expect(verdict.licenseStatus?.state == .expired)
    }

    @Test func `a license is valid through its last day`() async throws {
        let verdict = try await verdict(nil) { $0.at = TestTrust.instant("2027-11-19T23:59:59Z") }
        #expect(verdict.subIndication == .tryLater, "\(verdict.plainText)")
    }

    @Test func `a license is not valid before its first day`() async throws {
        let verdict = try await verdict(nil) { $0.at = TestTrust.instant("2026-11-19T12:00:00Z") }
        #expect(verdict.indication == .totalFailed, "\(verdict.plainText)")
        #expect(verdict.subIndication == .notYetValid)
        #expect(verdict.licenseStatus?.state == .notYetValid)
    }

    @Test func `status is fetched from the host that the certificate names`() async throws {
        let fetcher = MemoryFetcher([LicenseSample.statusURI: Array(try StatusDesk(value: 2).token().utf8)])
        let verdict = try await verdict(nil) { ($0.isOffline, $0.fetcher) = (false, fetcher) }
        #expect(verdict.licenseStatus?.state == .suspended)
        #expect(await fetcher.asked == [LicenseSample.statusURI])
    }

    @Test func `status on a host that the certificate does not name is never asked for`() async throws {
        let uri = "https://elsewhere.example/status-lists/1"
        let fetcher = MemoryFetcher([uri: Array(try StatusDesk(subject: uri).token().utf8)])
        var sample = try LicenseSample()
        sample.claims["status"] = ["status_list": ["idx": 5, "uri": .string(uri)]]
        var verifying = try Verifying()
        (verifying.statusTokens, verifying.isOffline, verifying.fetcher) = ([], false, fetcher)
        let verdict = try await verifying(sample.pdf())
        #expect(verdict.subIndication == .tryLater)
        #expect(await fetcher.asked == [])
    }

    @Test func `a status service that does not answer leaves the answer open`() async throws {
        let verdict = try await verdict(nil) { ($0.isOffline, $0.fetcher) = (false, MemoryFetcher([:])) }
        #expect(verdict.indication == .indeterminate)
        #expect(verdict.subIndication == .tryLater)
    }
}
