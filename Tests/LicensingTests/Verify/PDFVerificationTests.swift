import Licensing
import PDF
import Primitives
import Testing

@Suite struct PDFVerificationTests {
    @Test func `a license as issued is valid, and all three answers say so`() async throws {
        let sample = try LicenseSample()
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.format == .pades)
        #expect(verdict.headline == "VALID")
        #expect(verdict.license?.number == sample.number)
        #expect(verdict.license?.holders.first?.name == "Wide Sea Trading")
        #expect(verdict.licenseStatus?.state == .valid)
        #expect(verdict.signer?.certificateStatus == "good")
        #expect(verdict.signer?.timeSource == "timestamp")
        #expect(verdict.signer?.signedAt == TestTrust.signedAt)
        #expect(verdict.integrity == IntegritySection(coversWholeDocument: true, level: "B-T"))
        #expect(verdict.checks.allSatisfy { $0.outcome == .passed })
    }

    @Test(arguments: [SignatureAlgorithm.es384, .ps256, .rs256])
    func `departments may sign with other algorithms`(algorithm: SignatureAlgorithm) async throws {
        let trust = try TestTrust.shared
        var sample = try LicenseSample()
        sample.pdfSigner = try TestParty(
            TestTrust.department("Market", TestTrust.marketCode), issuer: trust.authority, algorithm: algorithm)
        sample.credentialSigner = sample.pdfSigner
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
    }

    @Test func `a document of someone else is valid without a license`() async throws {
        var sample = try LicenseSample()
        (sample.pdfSigner, sample.attached, sample.stamper) = (sample.trust.foreignSigner, [], nil)
        var verifying = try Verifying()
        verifying.anchors = [sample.trust.foreignRoot.certificate]
        let verdict = try await verifying(sample.pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.license == nil)
        #expect(verdict.licenseStatus == nil)
        #expect(verdict.signer?.timeSource == "claimed")
        #expect(verdict.integrity?.level == "B-B")
    }

    @Test func `validation data and a document time-stamp may follow the signature and raise the level`() async throws {
        let sample = try LicenseSample()
        var verifying = try Verifying()
        let lists = verifying.revocationLists
        verifying.revocationLists = []
        let longer = try Self.withSecurityStore(sample.pdf(), sample.trust, lists)
        let verdict = try await verifying(longer)
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.integrity?.level == "B-LT")
        #expect(verdict.signer?.certificateStatus == "good")
        let archived = try await verifying(Self.archived(longer, by: sample.trust.timeStamp, at: TestTrust.signedAt))
        #expect(archived.indication == .totalPassed, "\(archived.plainText)")
        #expect(archived.integrity?.level == "B-LTA")
        #expect(archived.integrity?.changesAfterSigning == [])
    }

    @Test func `of several signatures the last is judged and the others are noted`() async throws {
        var sample = try LicenseSample()
        (sample.pdfSigner, sample.attached) = (sample.trust.foreignSigner, [])
        var verifying = try Verifying()
        verifying.anchors = [sample.trust.foreignRoot.certificate]
        let verdict = try await verifying(Self.signedAgain(sample.pdf(), sample))
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.checks.contains { $0.name == "other-signatures" && $0.outcome == .skipped })
    }

    @Test func `a second signature by a stranger does not lend a license another signer`() async throws {
        let sample = try LicenseSample()
        var stranger = sample
        stranger.pdfSigner = sample.trust.foreignSigner
        var verifying = try Verifying()
        verifying.anchors.append(sample.trust.foreignRoot.certificate)
        let verdict = try await verifying(Self.signedAgain(sample.pdf(), stranger))
        #expect(verdict.indication == .totalFailed, "\(verdict.plainText)")
    }

    static func withSecurityStore(_ bytes: [UInt8], _ trust: TestTrust, _ lists: [[UInt8]]) throws -> [UInt8] {
        var update = try PDFUpdate(of: PDFFile(parsing: bytes))
        try update.addToSecurityStore(
            PDFSecurityStore(
                certificates: [trust.authority.certificate, trust.root.certificate], revocationLists: lists,
                ocspResponses: []))
        return update.bytes()
    }

    static func archived(_ bytes: [UInt8], by stamper: TestParty, at: Instant, over: [UInt8]? = nil) throws -> [UInt8] {
        var update = try PDFUpdate(of: PDFFile(parsing: bytes))
        let unsigned = try update.timeStampable(fieldName: "Stamp1", reservedBytes: 8000)
        let covered = over ?? unsigned.signedParts.flatMap { $0 }
        return try unsigned.embedding(LicenseSample.timeStamp(over: covered, by: stamper, at: at))
    }

    static func signedAgain(_ bytes: [UInt8], _ sample: LicenseSample) throws -> [UInt8] {
        var update = try PDFUpdate(of: PDFFile(parsing: bytes))
        let unsigned = try update.signable(
            PDFSignatureDraft(
                fieldName: "Signature2", signerName: "Again", signedAt: sample.signedAt, reservedBytes: 12_000))
        return try unsigned.embedding(sample.signature(over: unsigned.signedParts))
    }
}
