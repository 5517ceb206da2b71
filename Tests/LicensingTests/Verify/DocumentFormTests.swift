import Licensing
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct DocumentFormTests {
    private func verdict(_ bytes: [UInt8]) async -> Verdict? {
        let verification = Verification(
            hashing: OpenSSLHashing(), verifier: OpenSSLSignatureVerifier(), paths: OpenSSLCertificatePaths(),
            fetcher: nil)
        return await verification.verdict(
            on: bytes, input: "sample", material: VerificationMaterial(),
            options: VerificationOptions(at: TestTrust.now, isOffline: true))
    }

    @Test(arguments: [
        "", "hello", "{}", "1.2.156.3005.2.1", "eyJhbGciOiJub25lIn0", "https://example.com/V", " %PDF-1.7",
    ])
    func `an unknown form gets no verdict`(text: String) async {
        #expect(await verdict(Array(text.utf8)) == nil)
    }

    @Test func `bytes that are no text get no verdict`() async {
        #expect(await verdict([0xFF, 0xD8, 0xFF, 0xE0]) == nil)
    }

    @Test(arguments: [
        ("%PDF-1.7 and nothing", Verdict.Format.pades), ("eyJ.eyJ.sig~", .sdJWTVC), ("HTTPS://HOST/V#AAAA", .qr),
    ])
    func `a known form always gets a verdict`(text: String, format: Verdict.Format) async {
        let verdict = await verdict(Array(text.utf8))
        #expect(verdict?.format == format)
        #expect(verdict?.indication == .totalFailed)
        #expect(verdict?.subIndication == .formatFailure)
    }

    @Test func `an unknown form among others is a failed verdict without a format`() {
        let verdict = Verification.unknownForm(input: "photo.jpg")
        #expect(verdict.input == "photo.jpg")
        #expect(verdict.format == nil)
        #expect(verdict.indication == .totalFailed)
        #expect(verdict.headline.hasPrefix("INVALID: "))
    }
}
