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
    /// How far two clocks may differ, in seconds.
    static let clockSkew: Int64 = 300

    let tools: VerificationTools
    let material: VerificationMaterial
    let options: VerificationOptions
    var verdict: Verdict
    /// What keeps the answer open unless a later check finds a plain no.
    private var doubt: CheckFailure?

    init(tools: VerificationTools, material: VerificationMaterial, options: VerificationOptions, verdict: Verdict) {
        (self.tools, self.material, self.options, self.verdict) = (tools, material, options, verdict)
    }

    /// Runs the checks of one form and decides.
    func run(_ form: DocumentForm, _ bytes: [UInt8]) async {
        do throws(CheckFailure) {
            switch form {
            case .pdf: try await examinePDF(bytes)
            case .credential(let text): try await examineCredential(text)
            case .qr(let text): try await examineQR(text)
            }
            if let doubt { throw doubt }
            (verdict.indication, verdict.subIndication) = (.totalPassed, nil)
        } catch {
            (verdict.indication, verdict.subIndication) = (error.indication, error.subIndication)
        }
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

    /// Records a failure that decides the verdict only when no later check ends the examination: what cannot be told
    /// must not hide a license that was revoked.
    func doubt(_ name: String, _ subIndication: SubIndication, _ detail: String, _ reference: String) {
        doubt = failure(name, subIndication, detail, reference)
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
