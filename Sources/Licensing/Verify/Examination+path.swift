import Primitives

extension Examination {
    private static let pathReference = "RFC 5280 §6; ETSI EN 319 102-1 §5.2.6"
    private static let statusReference = "RFC 5280 §6.3; ETSI EN 319 102-1 §5.2.6"

    /// The signer's certificate path, valid at the proven signing time, else at the moment asked about. A claim alone
    /// proves no time (ETSI EN 319 102-1 §5.2.6.4): a path that was valid only then leaves the answer open.
    func signerPath(
        _ evidence: SignerEvidence, name: String = "certificate-path"
    ) throws(CheckFailure) -> TrustedPath {
        do throws(PathRefusal) {
            let path = try path(evidence, at: evidence.signed.proven ?? options.at, revocationAt: options.at)
            let anchor = path.chain.last?.subject ?? ""
            passed(name, "the signer's certificate leads to the trust anchor \(anchor)", Self.pathReference)
            return path
        } catch {
            if case .claimed(let time) = evidence.signed, error.isOutOfBounds,
                let path = try? path(evidence, at: time, revocationAt: options.at)
            {
                doubt(
                    name, .outOfBoundsWithoutProof, "\(error.sentence), and nothing proves that it signed before",
                    Self.pathReference)
                return path
            }
            throw failure(name, error.subIndication(evidence.signed), error.sentence, Self.pathReference)
        }
    }

    /// When the path may have to stand: `signerPath` found one of them good.
    private func moments(_ signed: SigningTime) -> [Instant] {
        switch signed {
        case .proven(let time): [time]
        case .claimed(let time): [options.at, time]
        case .unknown: [options.at]
        }
    }

    private func path(
        _ evidence: SignerEvidence, at: Instant, revocationAt: Instant, lists: [[UInt8]] = []
    ) throws(PathRefusal) -> TrustedPath {
        try tools.paths.path(
            for: evidence.leaf, intermediates: evidence.intermediates + material.certificates,
            anchors: material.anchors, crls: lists + material.revocationLists + evidence.revocationLists, at: at,
            revocationAt: revocationAt, purpose: .documentSigning)
    }

    /// Whether the signer's certificate was revoked: `good`, `revoked` or `unknown`. Asks the address that the verified
    /// certificate names where that is allowed.
    func certificateStatus(
        _ path: TrustedPath, _ evidence: SignerEvidence, name: String = "certificate-status"
    ) async throws(CheckFailure) -> String {
        var answer = path.revocation
        if answer == .unknown, let url = path.chain.first?.crlURLs.first, !options.isOffline, tools.fetcher != nil {
            let problem: String?
            (answer, problem) = await fetchedStatus(url, evidence)
            if answer == .unknown { answer = statusWhenSigned(evidence) }
            if answer == .unknown, let problem {
                doubt(name, .tryLater, problem, Self.statusReference)
                return "unknown"
            }
        } else if answer == .unknown {
            answer = statusWhenSigned(evidence)
        }
        switch answer {
        case .good:
            passed(
                name, "a current revocation list of its issuer does not name the signer's certificate",
                Self.statusReference)
            return "good"
        case .unknown:
            skipped(name, "no current revocation list for the signer's certificate was given", Self.statusReference)
            return "unknown"
        case .revoked(let at, let reason):
            return try revoked(at: at, reason: reason, signed: evidence.signed, name: name)
        }
    }

    /// What the list at `url` says, or why it says nothing.
    private func fetchedStatus(_ url: String, _ evidence: SignerEvidence) async -> (RevocationAnswer, String?) {
        guard let fetcher = tools.fetcher else { return (.unknown, nil) }
        do throws(StatusFetchFault) {
            let list = try await fetcher.fetch(url, limit: 10 << 20)
            for at in moments(evidence.signed) {
                // A list made just for this question may be younger than the moment the question was asked.
                for now in [options.at, options.at.adding(seconds: Self.clockSkew)] {
                    let again = try? path(evidence, at: at, revocationAt: now, lists: [list])
                    if let again, again.revocation != .unknown { return (again.revocation, nil) }
                }
            }
            return (.unknown, "the revocation list that the signer's certificate names is not current")
        } catch {
            return (.unknown, "the revocation list that the signer's certificate names cannot be had: \(error.reason)")
        }
    }

    /// Lists that came with the document were current when it was signed, if not today; that is enough where a
    /// time-stamp proves when that was.
    private func statusWhenSigned(_ evidence: SignerEvidence) -> RevocationAnswer {
        guard let time = evidence.signed.proven, time <= options.at else { return .unknown }
        return (try? path(evidence, at: time, revocationAt: time))?.revocation ?? .unknown
    }

    private func revoked(
        at: Instant, reason: String, signed: SigningTime, name: String
    ) throws(CheckFailure) -> String {
        verdict.signer?.certificateStatus = "revoked"
        guard case .proven(let time) = signed else {
            doubt(
                name, .revokedWithoutProof,
                "the signer's certificate was revoked at \(at) (\(reason)) and nothing proves that it signed before",
                Self.statusReference)
            return "revoked"
        }
        guard time < at else {
            throw failure(
                name, .revoked, "the signer's certificate was revoked at \(at) (\(reason)), before it signed",
                Self.statusReference)
        }
        passed(
            name, "the certificate was revoked at \(at) (\(reason)), after the proven signing time",
            Self.statusReference)
        return "revoked"
    }
}
