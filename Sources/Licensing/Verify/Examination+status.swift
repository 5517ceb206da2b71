import Credentials
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
        _ reference: StatusReference, validFrom: CalendarDate, validUntil: CalendarDate?
    ) async throws(CheckFailure) {
        let answer = try await statusAnswer(reference)
        if case .known(let section) = answer {
            verdict.licenseStatus = section
            if section.state != .valid { throw notStanding(section) }
        } else {
            verdict.licenseStatus = LicenseStatusSection(state: .unknown)
        }
        try validity(from: validFrom, until: validUntil)
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
        var detail = "the license is \(section.state.rawValue)"
        if let next = section.supersededBy { detail += ", replaced by \(next)" }
        return failure("license-status", .totalFailed, word, detail, Self.statusReference)
    }

    private func validity(from: CalendarDate, until: CalendarDate?) throws(CheckFailure) {
        let name = "license-validity"
        let today = options.at.date
        let asOf = verdict.licenseStatus?.asOf
        if let until, today > until {
            verdict.licenseStatus = LicenseStatusSection(state: .expired, asOf: asOf ?? options.at, source: "document")
            throw failure(name, .expired, "the license expired after \(until)", "GB/T 36903 ZZYXQJZRQ")
        }
        guard today >= from else {
            verdict.licenseStatus = LicenseStatusSection(
                state: .notYetValid, asOf: asOf ?? options.at, source: "document")
            throw failure(name, .notYetValid, "the license is valid from \(from) only", "GB/T 36903 ZZYXQQSRQ")
        }
        passed(name, "valid on \(today)", "GB/T 36903 ZZYXQQSRQ, ZZYXQJZRQ")
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
