import OpenSSLCrypto
import Primitives

/// An authority with two departments, and strangers with a root of their own.
final class TestTrust: Sendable {
    static let begin = instant("2026-01-01T00:00:00Z")
    static let end = instant("2028-01-01T00:00:00Z")
    /// When questions are asked, unless a test says otherwise.
    static let now = instant("2026-11-22T08:00:00Z")
    static let signedAt = instant("2026-11-20T09:30:00Z")

    static let marketCode = "11110000000021135M"
    static let foodCode = "11110000000021143G"
    static let typeCode = "11100000000013338W001"
    static let host = "licenses.example"

    private static let made = Result { try TestTrust() }

    static var shared: TestTrust { get throws { try made.get() } }

    let root: TestParty
    let authority: TestParty
    let market: TestParty
    let food: TestParty
    let timeStamp: TestParty
    let foreignRoot: TestParty
    let foreignSigner: TestParty
    let foreignTimeStamp: TestParty

    private init() throws {
        let late = TestTrust.instant("2040-01-01T00:00:00Z")
        root = try TestParty(CertificateDraft(name: "Test Root", kind: .authority, notAfter: late))
        authority = try TestParty(
            CertificateDraft(name: "Test Issuing CA", kind: .authority, notAfter: late), issuer: root)
        market = try TestParty(TestTrust.department("Market Regulation", TestTrust.marketCode), issuer: authority)
        food = try TestParty(TestTrust.department("Food Safety", TestTrust.foodCode), issuer: authority)
        timeStamp = try TestParty(
            CertificateDraft(name: "Test Time-Stamps", kind: .timeStamp, notAfter: late), issuer: root)
        foreignRoot = try TestParty(CertificateDraft(name: "Another Root", kind: .authority, notAfter: late))
        foreignSigner = try TestParty(
            CertificateDraft(name: "Another Signer", kind: .documentSigner), issuer: foreignRoot)
        foreignTimeStamp = try TestParty(
            CertificateDraft(name: "Another Time-Stamp Authority", kind: .timeStamp, notAfter: late),
            issuer: foreignRoot)
    }

    /// A document signer's certificate as the office makes it.
    static func department(_ name: String, _ code: String) -> CertificateDraft {
        CertificateDraft(
            name: name, kind: .documentSigner, organizationIdentifier: code, uriNames: ["https://\(host)"],
            crlURLs: ["https://\(host)/crl/issuing-ca.crl"])
    }

    static func instant(_ text: String) -> Instant { Instant(text) ?? Instant(millisecondsSinceEpoch: 0) }
}
