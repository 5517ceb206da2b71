import Credentials
import JOSE
import Primitives

/// Where and by whom a license's status is told.
struct StatusReference: Hashable, Sendable {
    let uri: String
    let index: Int
    /// The department's unified social credit code: only its own signer may tell its status.
    let issuerCode: String
    /// Addresses the verified signer certificate names; only their hosts are asked.
    let namedAddresses: [String]
}

extension Examination {
    private static let statusReference = "draft-ietf-oauth-status-list-21 §8.3"

    private enum StatusAnswer {
        case known(LicenseStatusSection)
        case unavailable(String)
    }

    /// Decides whether the license stands at the moment asked about.
    func licenseStatus(
        _ reference: StatusReference, _ period: LicensePeriod
    ) async throws(CheckFailure) {
        let answer = try await statusAnswer(reference)
        if case .known(let section) = answer {
            verdict.licenseStatus = section
            if section.state != .valid { throw notStanding(section) }
        } else {
            verdict.licenseStatus = LicenseStatusSection(state: .unknown)
        }
        try validity(period)
        switch answer {
        case .known(let section):
            let asOf = section.asOf.map(\.description) ?? ""
            passed("license-status", "the issuer's status list of \(asOf) says valid", Self.statusReference)
        case .unavailable(let reason):
            throw failure("license-status", .tryLater, reason, Self.statusReference)
        }
    }

    private func notStanding(_ section: LicenseStatusSection) -> CheckFailure {
        let word: SubIndication? = section.state == .revoked || section.state == .cancelled ? .revoked : nil
        var detail = section.state.words
        if let next = section.supersededBy { detail += ", replaced by \(next)" }
        return failure("license-status", .totalFailed, word, detail, Self.statusReference)
    }

    private func validity(_ period: LicensePeriod) throws(CheckFailure) {
        let name = "license-validity"
        let today = options.at.date
        if let until = period.validUntil, today > until {
            throw outside(.expired, .expired, "the license expired after \(until)", "GB/T 36903 ZZYXQJZRQ")
        }
        if let end = period.expiresAt, options.at >= end {
            throw outside(.expired, .expired, "the license expired at \(end)", "RFC 7519 §4.1.4")
        }
        guard today >= period.validFrom else {
            throw outside(
                .notYetValid, .notYetValid, "the license is not yet valid: it begins on \(period.validFrom)",
                "GB/T 36903 ZZYXQQSRQ")
        }
        let start = max(period.issuedAt, period.notBefore ?? period.issuedAt)
        guard options.at.adding(seconds: Self.clockSkew) >= start else {
            throw outside(
                .notYetValid, .notYetValid, "the license is not yet valid: it was issued for \(start) and after",
                "RFC 7519 §4.1.5, §4.1.6")
        }
        passed(name, "valid on \(today)", "GB/T 36903 ZZYXQQSRQ, ZZYXQJZRQ")
    }

    private func outside(
        _ state: LicenseStatusSection.State, _ subIndication: SubIndication, _ detail: String, _ reference: String
    ) -> CheckFailure {
        let asOf = verdict.licenseStatus?.asOf ?? options.at
        verdict.licenseStatus = LicenseStatusSection(state: state, asOf: asOf, source: "document")
        return failure("license-validity", subIndication, detail, reference)
    }

    private func statusAnswer(_ reference: StatusReference) async throws(CheckFailure) -> StatusAnswer {
        var newest: StatusListToken?
        var reason = "no status list for this license was given"
        for text in material.statusTokens {
            switch currentToken(text, reference) {
            case .success(let token):
                if (newest?.issuedAt).map({ $0 < token.issuedAt }) ?? true { newest = token }
            case .failure(.foreign): continue
            case .failure(.unusable(let why)): reason = why
            }
        }
        if let newest { return .known(try section(newest, reference)) }
        guard !options.isOffline, let fetcher = tools.fetcher else { return .unavailable(reason) }
        let origin = Origin(of: reference.uri)
        guard let origin, reference.namedAddresses.contains(where: { Origin(of: $0) == origin }) else {
            return .unavailable(
                "the document names a status list on a host that its signer's certificate does not name")
        }
        do {
            let body = try await fetcher.fetch(reference.uri, limit: 4 << 20)
            switch currentToken(String(decoding: body, as: UTF8.self), reference) {
            case .success(let token): return .known(try section(token, reference))
            case .failure(.foreign): return .unavailable("the status service answered with another list")
            case .failure(.unusable(let why)): return .unavailable(why)
            }
        } catch let fault as StatusFetchFault {
            return .unavailable("the status list cannot be had: \(fault.reason)")
        } catch let failure as CheckFailure {
            throw failure
        } catch {
            return .unavailable("the status list cannot be had")
        }
    }

    private enum TokenRefusal: Error {
        /// About another list.
        case foreign
        case unusable(String)
    }

    /// The token, when it is this list's, signed by this issuer and current.
    private func currentToken(_ text: String, _ reference: StatusReference) -> Result<StatusListToken, TokenRefusal> {
        guard let token = try? StatusListToken(parsing: text.trimmingFinalLineBreak) else {
            return .failure(.unusable("what was given as a status list is none"))
        }
        guard token.subject == reference.uri else { return .failure(.foreign) }
        guard let leaf = token.jws.certificateChain.first,
            let path = try? tools.paths.path(
                for: leaf, intermediates: token.jws.certificateChain + material.certificates, anchors: material.anchors,
                crls: material.revocationLists, at: token.issuedAt, revocationAt: options.at, purpose: .documentSigning),
            let signer = path.chain.first, signer.organizationIdentifier == reference.issuerCode,
            token.jws.isValid(publicKey: signer.publicKey, algorithm: nil, verifier: tools.verifier)
        else { return .failure(.unusable("the status list is not signed by the license's issuer")) }
        if case .revoked = path.revocation {
            return .failure(.unusable("the status list is signed with a revoked certificate"))
        }
        guard let expires = token.expiresAt, expires >= options.at else {
            return .failure(.unusable("the status list of \(token.issuedAt) is too old for \(options.at)"))
        }
        return .success(token)
    }

    private func section(
        _ token: StatusListToken, _ reference: StatusReference
    ) throws(CheckFailure) -> LicenseStatusSection {
        guard let value = try? token.list.value(at: reference.index) else {
            throw failure(
                "license-status", .formatFailure, "the license's place lies outside the status list",
                Self.statusReference)
        }
        let detail = token.extraClaims[StatusListClaims.details]?[String(reference.index)]
        let state = StatusListClaims.state(of: value, detail: detail)
        return LicenseStatusSection(
            state: state, asOf: token.issuedAt, source: "status-list",
            supersededBy: state == .superseded ? detail?["by"]?.string : nil)
    }
}

extension LicenseStatusSection.State {
    /// A whole sentence for people.
    fileprivate var words: String {
        switch self {
        case .valid: "the license is valid"
        case .suspended: "the license is suspended"
        case .revoked: "the license was revoked"
        case .cancelled: "the license was cancelled"
        case .expired: "the license has expired"
        case .superseded: "the license was superseded"
        case .notYetValid: "the license is not yet valid"
        case .unknown: "the license's status is not known"
        }
    }
}
