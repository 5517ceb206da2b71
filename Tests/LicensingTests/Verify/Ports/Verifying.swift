import Credentials
import Licensing
import OpenSSLCrypto
import Primitives
import Testing

/// Asks the real verifier with real keys; what a test does not say is as a careful person would have it.
struct Verifying {
    var anchors: [[UInt8]]
    var certificates: [[UInt8]] = []
    var statusTokens: [String]
    var revocationLists: [[UInt8]]
    var at = TestTrust.now
    var isOffline = true
    var fetcher: (any StatusFetching)?

    init() throws {
        let trust = try TestTrust.shared
        anchors = [trust.root.certificate]
        revocationLists = [try trust.authority.revocationList(), try trust.root.revocationList()]
        statusTokens = [try StatusDesk().token()]
    }

    func callAsFunction(_ bytes: [UInt8]) async throws -> Verdict {
        var material = VerificationMaterial()
        (material.anchors, material.certificates) = (anchors, certificates)
        (material.statusTokens, material.revocationLists) = (statusTokens, revocationLists)
        let verification = Verification(
            hashing: OpenSSLHashing(), verifier: OpenSSLSignatureVerifier(), paths: OpenSSLCertificatePaths(),
            fetcher: fetcher)
        return try #require(
            await verification.verdict(
                on: bytes, input: "sample", material: material,
                options: VerificationOptions(at: at, isOffline: isOffline)))
    }

    func callAsFunction(_ text: String) async throws -> Verdict { try await self(Array(text.utf8)) }
}

/// A department's status list.
struct StatusDesk {
    var value: UInt8 = 0
    var subject = LicenseSample.statusURI
    var issuedAt = TestTrust.now.adding(seconds: -60)
    var lifetime: Int64 = 7 * 86_400
    var capacity = 64
    var signer: TestParty?
    var details = JSONObject()

    func token() throws -> String {
        var list = StatusList(capacity: capacity, bits: 2)
        if value > 0 { try list.set(value, at: LicenseSample.statusIndex) }
        return try StatusListToken.signed(
            list, subject: subject, issuedAt: issuedAt, expiresAt: issuedAt.adding(seconds: lifetime), timeToLive: 300,
            extraClaims: details, by: (signer ?? TestTrust.shared.market).signer)
    }
}

/// Answers what it was told to and remembers who asked for what.
actor MemoryFetcher: StatusFetching {
    private let answers: [String: [UInt8]]
    private(set) var asked: [String] = []

    init(_ answers: [String: [UInt8]]) {
        self.answers = answers
    }

    func fetch(_ url: String, limit: Int) async throws(StatusFetchFault) -> [UInt8] {
        asked.append(url)
        guard let answer = answers[url] else { throw StatusFetchFault(reason: "no answer") }
        return answer
    }
}

extension Verdict {
    /// The check that decided against the document.
    var decisive: String? { checks.last { $0.outcome == .failed || $0.outcome == .indeterminate }?.name }
}
