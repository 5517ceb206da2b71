package import Primitives

/// Verifies one input that comes from anywhere: an ordered list of small named checks, and a verdict whatever happens.
///
/// It knows no database and no policy. Its inputs are the bytes, the material the person trusts or was given, and, where
/// the person allows it, status fetched from a host that the verified signer's certificate names.
package struct Verification: Sendable {
    private let tools: VerificationTools

    /// - Parameter fetcher: `nil` forbids the network like `VerificationOptions.isOffline`.
    package init(
        hashing: any Hashing, verifier: any SignatureVerifier, paths: any CertificatePaths,
        fetcher: (any StatusFetching)?
    ) {
        tools = VerificationTools(hashing: hashing, verifier: verifier, paths: paths, fetcher: fetcher)
    }

    /// The verdict on `bytes`; `nil` when their form is not known at all. Bad bytes are a verdict, never an error.
    /// - Parameter input: the caller's words for what is verified.
    @concurrent
    package func verdict(
        on bytes: [UInt8], input: String, material: VerificationMaterial, options: VerificationOptions
    ) async -> Verdict? {
        guard let form = DocumentForm(of: bytes) else { return nil }
        var verdict = Verdict(input: input)
        verdict.format = form.format
        let examination = Examination(tools: tools, material: material, options: options, verdict: verdict)
        await examination.run(form, bytes)
        return examination.verdict
    }

    /// The verdict on an input of no known form that stands among others.
    package static func unknownForm(input: String) -> Verdict {
        var verdict = Verdict(input: input)
        (verdict.indication, verdict.subIndication) = (.totalFailed, .formatFailure)
        verdict.checks = [
            Check(
                name: "format", outcome: .failed, detail: "this is no PDF, no SD-JWT and no QR text of a license",
                reference: "ETSI EN 319 102-1 §5.2.2")
        ]
        return verdict
    }
}
