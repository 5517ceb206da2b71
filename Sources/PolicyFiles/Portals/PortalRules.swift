import Identity
import JOSE
import Primitives

/// What the keys of one portal say about each other; each rule names the place of the key that must change.
struct PortalRules {
    let parts: PortalParts
    /// Of the portal's first key.
    let place: Place
    let faults: FileFaults

    func check() {
        checkRepetitions()
        checkAuthentication()
        checkGrants()
        checkRedirects()
        checkFinancialProfile()
        if let resource = parts.resource, let kind = parts.kind?.value, kind != .resource {
            faults.report(
                "`resource` is only for portals of kind `resource`, this one is `\(kind.rawValue)`: take it out",
                at: resource.place)
        }
    }

    private func checkRepetitions() {
        faults.reportRepeated(parts.redirectURIs ?? [], "the address")
        faults.reportRepeated(parts.postLogoutRedirectURIs ?? [], "the address")
        faults.reportRepeated(parts.scopes ?? [], "the scope")
        faults.reportRepeated(parts.audiences ?? [], "the audience")
        faults.reportRepeated(
            parts.grants?.map { Placed(value: $0.value.rawValue, place: $0.place) } ?? [], "the grant")
    }

    private func checkAuthentication() {
        guard let kind = parts.kind?.value else { return }
        guard let method = parts.authentication?.method else {
            if kind != .public, !parts.hasAuthentication {
                faults.report(
                    "`authentication` is missing: every portal but a public one has a secret or a key, for example "
                        + "`{method: client_secret_basic, secretSHA256: …}`", at: place)
            }
            return
        }
        if kind == .public, method.value != .none {
            faults.report(
                "a public portal cannot keep a secret: write `none` or leave `authentication` out, or make it "
                    + "`kind: confidential`", at: method.place)
        } else if kind != .public, method.value == .none {
            faults.report(
                "`none` is only for portals of kind `public`, this one is `\(kind.rawValue)`: give it a secret or a key",
                at: method.place)
        }
    }

    private func checkGrants() {
        guard let kind = parts.kind?.value, let grants = parts.grants else { return }
        for grant in grants where !kind.possibleGrants.contains(grant.value) {
            let possible = Suggestion.list(kind.possibleGrants.map(\.rawValue), "and")
            faults.report(
                "`\(grant.value.rawValue)` is not for portals of kind `\(kind.rawValue)`: possible are \(possible)",
                at: grant.place)
        }
        if let refresh = grants.first(where: { $0.value == .refreshToken }), !parts.mayAuthorize,
            kind.possibleGrants.contains(.refreshToken)
        {
            faults.report(
                "`refresh_token` needs a grant that gives refresh tokens: add `authorization_code` or `device_code`",
                at: refresh.place)
        }
    }

    private func checkRedirects() {
        // Where kind or grants could not be read, nothing follows from them.
        guard parts.kind != nil, parts.areGrantsWhole else { return }
        let mayRedirect = parts.effectiveGrants.contains(.authorizationCode)
        if mayRedirect, parts.hasNoRedirects {
            faults.report(
                "`redirectURIs` is missing: the grant `authorization_code` needs at least one, for example "
                    + "`[\"https://portal.example/callback\"]`", at: parts.redirectPlace ?? place)
        } else if !mayRedirect, let first = parts.redirectURIs?.first {
            faults.report(
                "an address without the grant `authorization_code` is never used: add the grant or take it out",
                at: first.place)
        }
    }

    /// FAPI 2.0 Security Profile §5.3.2, §5.4.1.
    private func checkFinancialProfile() {
        guard let profile = parts.profile, profile.value == .fapi2 else { return }
        if let method = parts.authentication?.method, method.value != .privateKeyJWT {
            faults.report(
                "the profile `fapi2` needs `private_key_jwt`, not `\(method.value.rawValue)`", at: method.place)
        } else if parts.kind?.value == .public {
            faults.report(
                "the profile `fapi2` needs `private_key_jwt`, which a public portal cannot have: make it "
                    + "`kind: confidential`", at: profile.place)
        }
        if let algorithm = parts.idTokenAlgorithm, algorithm.value == .rs256 {
            faults.report(
                "the profile `fapi2` forbids `RS256`: expected one of `ES256`, `PS256`, `EdDSA`", at: algorithm.place)
        }
        for key in parts.authentication?.keys ?? [] where !key.value.isForFinancialProfile {
            faults.report(
                "the profile `fapi2` takes keys for `ES256`, `PS256` and `EdDSA` only: make a P-256, RSA or Ed25519 key",
                at: key.place)
        }
    }
}

extension PortalKind {
    /// What a portal of this kind can do with its way of authenticating and with or without people.
    fileprivate var possibleGrants: Set<GrantType> {
        switch self {
        case .confidential: Set(GrantType.allCases)
        // RFC 6749 §4.4: client credentials are for clients that have some.
        case .public: [.authorizationCode, .refreshToken, .deviceCode]
        case .service: [.clientCredentials, .tokenExchange]
        // A resource may pass on what it received, to act for the same person (RFC 8693 §1.1).
        case .resource: [.tokenExchange]
        }
    }
}

extension JWK {
    fileprivate var isForFinancialProfile: Bool {
        if let algorithm { return [.es256, .ps256, .eddsa].contains(algorithm) }
        if case .elliptic(.p384, _, _) = key { return false }
        return true
    }
}
