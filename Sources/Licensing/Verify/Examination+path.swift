import Primitives

/// When a document was signed, and how that is known.
enum SigningTime: Hashable, Sendable {
    /// By a time-stamp of a trusted authority.
    case proven(Instant)
    /// By the signer's own word.
    case claimed(Instant)
    case unknown

    var instant: Instant? {
        switch self {
        case .proven(let instant), .claimed(let instant): instant
        case .unknown: nil
        }
    }

    var source: String {
        switch self {
        case .proven: "timestamp"
        case .claimed: "claimed"
        case .unknown: "none"
        }
    }
}

extension Examination {
    private static let pathReference = "RFC 5280 §6; ETSI EN 319 102-1 §5.2.6"

    /// Certificate path of the signer, valid when signed (or at the moment asked about where that is unknown).
    func signerPath(
        _ leaf: [UInt8], intermediates: [[UInt8]], revocationLists: [[UInt8]], signed: SigningTime,
        name: String = "certificate-path"
    ) throws(CheckFailure) -> TrustedPath {
        let at = signed.instant ?? options.at
        do {
            let path = try tools.paths.path(
                for: leaf, intermediates: intermediates + material.certificates, anchors: material.anchors,
                crls: revocationLists + material.revocationLists, at: at, revocationAt: options.at,
                purpose: .documentSigning)
            let anchor = path.chain.last?.subject ?? ""
            passed(name, "the signer's certificate leads to the trust anchor \(anchor)", Self.pathReference)
            return path
        } catch {
            throw failure(name, error.subIndication(signed), error.sentence, Self.pathReference)
        }
    }

    /// Whether the signer's certificate was revoked; asks the address that the verified certificate names where that is allowed.
    func certificateStatus(
        _ path: TrustedPath, intermediates: [[UInt8]], revocationLists: [[UInt8]], signed: SigningTime
    ) async throws(CheckFailure) -> String {
        let name = "certificate-status"
        let reference = "RFC 5280 §6.3; ETSI EN 319 102-1 §5.2.6"
        guard let leaf = path.chain.first else { return "unknown" }
        var answer = path.revocation
        if answer == .unknown, !options.isOffline, let fetcher = tools.fetcher, let url = leaf.crlURLs.first {
            do {
                let list = try await fetcher.fetch(url, limit: 10 << 20)
                let again = try tools.paths.path(
                    for: leaf.der, intermediates: intermediates + material.certificates, anchors: material.anchors,
                    crls: revocationLists + material.revocationLists + [list], at: signed.instant ?? options.at,
                    revocationAt: options.at, purpose: .documentSigning)
                answer = again.revocation
            } catch let fault as StatusFetchFault {
                throw failure(
                    name, .tryLater, "the revocation list that the certificate names cannot be had: \(fault.reason)",
                    reference)
            } catch {
                throw failure(
                    name, .chainConstraints, "the certificate path does not stand with its revocation list", reference)
            }
        }
        switch answer {
        case .good:
            passed(name, "a current revocation list of its issuer does not name the signer's certificate", reference)
            return "good"
        case .unknown:
            skipped(name, "no current revocation list for the signer's certificate was given", reference)
            return "unknown"
        case .revoked(let at, let reason):
            return try revoked(at: at, reason: reason, signed: signed, name: name, reference: reference)
        }
    }

    private func revoked(
        at: Instant, reason: String, signed: SigningTime, name: String, reference: String
    ) throws(CheckFailure) -> String {
        guard case .proven(let time) = signed else {
            throw failure(
                name, .revokedWithoutProof,
                "the signer's certificate was revoked at \(at) (\(reason)) and nothing proves that it signed before",
                reference)
        }
        guard time < at else {
            throw failure(
                name, .revoked, "the signer's certificate was revoked at \(at) (\(reason)), before it signed", reference
            )
        }
        passed(name, "the certificate was revoked at \(at) (\(reason)), after the proven signing time", reference)
        return "revoked"
    }
}

extension PathRefusal {
    /// The word for this refusal when the signing time is known as `signed` says.
    func subIndication(_ signed: SigningTime) -> SubIndication {
        switch self {
        case .noChain: return .noCertificateChain
        case .expired: return .outOfBoundsWithoutProof
        case .notYetValid:
            if case .proven = signed { return .notYetValid }
            return .outOfBoundsWithoutProof
        case .badSignature, .constraint, .issuerRevoked: return .chainConstraints
        case .weak: return .cryptoConstraints
        }
    }

    /// A whole sentence for people.
    var sentence: String {
        switch self {
        case .noChain(let detail): "the signer's certificate leads to no trusted authority (\(detail))"
        case .notYetValid(let detail): "a certificate was not yet valid (\(detail))"
        case .expired(let detail): "a certificate had expired (\(detail))"
        case .badSignature(let detail): "a certificate's own signature is wrong (\(detail))"
        case .constraint(let detail): "a certificate must not be used for this (\(detail))"
        case .weak(let detail): "a certificate uses weak cryptography (\(detail))"
        case .issuerRevoked(let detail): "a certificate authority was revoked (\(detail))"
        }
    }
}
