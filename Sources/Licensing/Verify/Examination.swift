import Primitives

/// Ends an examination: the check that failed is already on the record.
struct CheckFailure: Error {
    let indication: Indication
    let subIndication: SubIndication?
}

/// What every check may use.
struct VerificationTools: Sendable {
    let hashing: any Hashing
    let verifier: any SignatureVerifier
    let paths: any CertificatePaths
    let fetcher: (any StatusFetching)?
}

/// One document under examination: the checks so far and what they found. Lives inside one task.
final class Examination {
    let tools: VerificationTools
    let material: VerificationMaterial
    let options: VerificationOptions
    var verdict: Verdict

    init(tools: VerificationTools, material: VerificationMaterial, options: VerificationOptions, verdict: Verdict) {
        (self.tools, self.material, self.options, self.verdict) = (tools, material, options, verdict)
    }

    func passed(_ name: String, _ detail: String, _ reference: String) {
        verdict.checks.append(Check(name: name, outcome: .passed, detail: detail, reference: reference))
    }

    func skipped(_ name: String, _ detail: String, _ reference: String) {
        verdict.checks.append(Check(name: name, outcome: .skipped, detail: detail, reference: reference))
    }

    /// Records the failure and gives the error to throw. `subIndication` decides between failed and indeterminate.
    func failure(
        _ name: String, _ subIndication: SubIndication, _ detail: String, _ reference: String
    ) -> CheckFailure {
        failure(name, subIndication.indication, subIndication, detail, reference)
    }

    /// The same for answers that have no sub-indication, such as a suspended license.
    func failure(
        _ name: String, _ indication: Indication, _ subIndication: SubIndication?, _ detail: String,
        _ reference: String
    ) -> CheckFailure {
        let outcome: Check.Outcome = indication == .totalFailed ? .failed : .indeterminate
        verdict.checks.append(Check(name: name, outcome: outcome, detail: detail, reference: reference))
        return CheckFailure(indication: indication, subIndication: subIndication)
    }

    /// Passes or fails by `condition`.
    func require(
        _ condition: Bool, _ name: String, _ subIndication: SubIndication, passed: String, failed: String,
        _ reference: String
    ) throws(CheckFailure) {
        guard condition else { throw failure(name, subIndication, failed, reference) }
        self.passed(name, passed, reference)
    }
}
