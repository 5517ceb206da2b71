import Credentials
import JOSE
import Licensing
import Primitives
import Testing

@Suite struct CredentialVerificationTests {
    private func verdict(_ text: String, _ change: (inout Verifying) throws -> Void = { _ in }) async throws -> Verdict
    {
        var verifying = try Verifying()
        try change(&verifying)
        return try await verifying(text)
    }

    /// Any header and payload under the department's key.
    private func signed(header: JSONObject, _ payload: JSONObject) throws -> String {
        try JWS.signed(
            payload: Array(JSONValue.object(payload).compactText.utf8), header: header, includesChain: true,
            by: TestTrust.shared.market.signer) + "~"
    }

    private static let header = JSONObject([("typ", "dc+sd-jwt")])

    @Test func `a credential as issued is valid, with white space around it`() async throws {
        let sample = try LicenseSample()
        let verdict = try await verdict("  \(sample.credential())\r\n")
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.format == .sdJWTVC)
        #expect(verdict.license?.fields["residence"] == "12 Harbour Street")
        #expect(verdict.signer?.timeSource == "claimed")
        #expect(verdict.integrity == nil)
    }

    @Test func `what the holder withholds is absent, and the rest is valid`() async throws {
        let text = try SDJWT(parsing: LicenseSample().credential(), hashing: LicenseSample.hashing).withoutDisclosures()
        let verdict = try await verdict(text)
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.license?.fields["residence"] == nil)
        #expect(verdict.license?.fields["kind"] == "limited")
        #expect(verdict.license?.holders == [LicenseSection.DisclosedHolder(name: nil, idType: "001", id: nil)])
    }

    @Test func `a disclosure of another name is refused`() async throws {
        let text = try LicenseSample().credential()
        var parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        let forged = Array(#"["AAAAAAAAAAAAAAAAAAAAAA","residence","1 Palace Square"]"#.utf8)
        parts[parts.count - 2] = Base64.encodeURL(forged)
        #expect(try await verdict(parts.joined(separator: "~")).subIndication == .formatFailure)
    }

    @Test func `a credential without its last separator is refused`() async throws {
        let text = try LicenseSample().credential()
        let verdict = try await verdict(String(text.dropLast()))
        #expect(verdict.subIndication == .formatFailure)
        #expect(try await self.verdict(String(text.prefix { $0 != "~" })).subIndication == .formatFailure)
    }

    @Test func `a changed claim is a crypto failure`() async throws {
        let text = try LicenseSample().credential()
        var parts = text.split(separator: ".", maxSplits: 2).map(String.init)
        var payload = try #require(Base64.decodeURL(parts[1]))
        payload = payload.replacing("2027-11-19", with: "2099-11-19")
        parts[1] = Base64.encodeURL(payload)
        #expect(try await verdict(parts.joined(separator: ".")).subIndication == .signatureFailure)
    }

    @Test(arguments: ["none", "HS256", "ES256K"]) func `an algorithm that is not listed is refused`(
        algorithm: String
    ) async throws {
        let text = try LicenseSample().credential()
        let rest = text.drop { $0 != "." }
        let header = Base64.encodeURL(Array(#"{"alg":"\#(algorithm)","typ":"dc+sd-jwt"}"#.utf8))
        #expect(try await verdict(header + rest).subIndication == .formatFailure)
    }

    @Test func `another type of token is refused`() async throws {
        let text = try signed(header: JSONObject([("typ", "JWT")]), LicenseSample().claims)
        #expect(try await verdict(text).subIndication == .formatFailure)
        #expect(try await verdict(StatusDesk().token()).subIndication == .formatFailure)
    }

    @Test func `a credential that brings its own key is refused`() async throws {
        var header = Self.header
        header["jwk"] = ["kty": "EC"]
        #expect(try await verdict(signed(header: header, LicenseSample().claims)).subIndication == .formatFailure)
    }

    @Test func `a credential without a certificate cannot be told`() async throws {
        let text = try JWS.signed(
            payload: Array(JSONValue.object(LicenseSample().claims).compactText.utf8), header: Self.header,
            includesChain: false, by: TestTrust.shared.market.signer)
        #expect(try await verdict(text + "~").subIndication == .noSigningCertificate)
    }

    @Test func `another credential type than the number's is refused`() async throws {
        var sample = try LicenseSample()
        sample.claims["vct"] = "urn:example:other"
        #expect(try await verdict(sample.credential()).decisive == "license-claims")
    }

    @Test func `the number, issuer and type cannot be made withholdable`() async throws {
        var sample = try LicenseSample()
        sample.disclosable = [[.member("number")]]
        let verdict = try await verdict(sample.credential())
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.decisive == "format")
    }

    @Test func `another department than the one in the number is refused`() async throws {
        var sample = try LicenseSample()
        sample.credentialSigner = sample.trust.food
        #expect(try await verdict(sample.credential()).decisive == "issuer")
    }

    @Test func `a credential past its end is refused, one before its beginning too`() async throws {
        var sample = try LicenseSample(until: nil)
        sample.claims["exp"] = .integer(TestTrust.now.secondsSinceEpoch)
        let ended = try await verdict(sample.credential())
        #expect(ended.subIndication == .expired)
        #expect(ended.licenseStatus?.state == .expired)
        sample.claims["exp"] = nil
        sample.claims["nbf"] = .integer(TestTrust.now.secondsSinceEpoch + 3600)
        let early = try await verdict(sample.credential())
        #expect(early.subIndication == .notYetValid)
        sample.claims["nbf"] = "soon"
        #expect(try await verdict(sample.credential()).subIndication == .formatFailure)
    }

    @Test func `an unknown signer cannot be told, and a revoked license is refused`() async throws {
        let text = try LicenseSample().credential()
        #expect(try await verdict(text) { $0.anchors = [] }.subIndication == .noCertificateChain)
        let revoked = try await verdict(text) { $0.statusTokens = [try StatusDesk(value: 1).token()] }
        #expect(revoked.headline == "INVALID: the license was revoked")
    }
}
