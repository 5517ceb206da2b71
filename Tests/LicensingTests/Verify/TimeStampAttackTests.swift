import Licensing
import PDF
import Primitives
import Testing

@Suite struct TimeStampAttackTests {
    @Test func `a time-stamp copied from another document fails the document`() async throws {
        var sample = try LicenseSample()
        sample.token = try LicenseSample.timeStamp(
            over: Array("another signature".utf8), by: sample.trust.timeStamp, at: TestTrust.signedAt)
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.subIndication == .hashFailure)
        #expect(verdict.decisive == "signature-time-stamp")
    }

    @Test func `a time-stamp with another time written in fails the document`() async throws {
        let bytes = try LicenseSample().pdf()
        // GeneralizedTime of the token, in the hexadecimal digits of the signature value.
        let time = Hexadecimal.encode(Array("20261120093000Z".utf8)).uppercased()
        let earlier = Hexadecimal.encode(Array("20251120093000Z".utf8)).uppercased()
        let changed = bytes.replacing(time, with: earlier)
        #expect(!changed.isEmpty)
        let verdict = try await Verifying()(changed)
        #expect(verdict.subIndication == .signatureFailure, "\(verdict.plainText)")
    }

    @Test func `a time-stamp of an unknown authority proves no time`() async throws {
        var sample = try LicenseSample()
        sample.stamper = sample.trust.foreignTimeStamp
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        #expect(verdict.signer?.timeSource == "claimed")
        #expect(verdict.integrity?.level == "B-B")
        #expect(verdict.checks.contains { $0.name == "signature-time-stamp" && $0.outcome == .skipped })
    }

    @Test func `a time-stamp by a certificate that is for documents proves no time`() async throws {
        var sample = try LicenseSample()
        sample.stamper = sample.trust.food
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.signer?.timeSource == "claimed")
    }

    @Test func `a time-stamp whose authority was revoked proves no time`() async throws {
        let sample = try LicenseSample()
        var verifying = try Verifying()
        verifying.revocationLists[1] = try sample.trust.root.revocationList(
            revoked: [(sample.trust.timeStamp, TestTrust.now.adding(seconds: -3600))])
        let verdict = try await verifying(sample.pdf())
        #expect(verdict.signer?.timeSource == "claimed", "\(verdict.plainText)")
    }

    @Test func `a document time-stamp over something else fails the document`() async throws {
        let sample = try LicenseSample()
        let bytes = try PDFVerificationTests.archived(
            sample.pdf(), by: sample.trust.timeStamp, at: TestTrust.signedAt, over: Array("something else".utf8))
        let verdict = try await Verifying()(bytes)
        #expect(verdict.subIndication == .hashFailure)
        #expect(verdict.decisive == "document-time-stamp")
    }

    @Test func `a document signed after the moment asked about did not exist then`() async throws {
        var sample = try LicenseSample()
        (sample.pdfSigner, sample.attached) = (sample.trust.foreignSigner, [])
        var verifying = try Verifying()
        verifying.anchors.append(sample.trust.foreignRoot.certificate)
        verifying.at = TestTrust.signedAt.adding(seconds: -86_400)
        let verdict = try await verifying(sample.pdf())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.subIndication == .notYetValid)
    }

    @Test func `a license whose time-stamp was cut out is refused`() async throws {
        var sample = try LicenseSample()
        sample.bendSignature = { $0[1, 0, 4, 0].children.removeLast() }
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.decisive == "issued-level")
    }
}
