import Audit
import Primitives

/// `authorization_code` (RFC 6749 §4.1.3, RFC 7636, RFC 9449 §10).
struct AuthorizationCodeGrant: TokenGrant {
    let signOn: SignOn

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        let text = try request.required("code")
        guard let hash = OpaqueSecret(text)?.hash(signOn.hashing), let record = try await signOn.books.code(hash),
            record.code.portalID == request.portal.id, !record.isSpent || record.grant.endedAt == nil
        else { throw TokenRefusal.code }
        var audiences: [String] = []
        // A second use is told to the books whatever else the request says: all that came of the first must end.
        if !record.isSpent { audiences = try audiencesIfSuitable(request, record) }
        let family = RefreshTokens(signOn: signOn).family(of: record.grant.id, for: request)
        let live = try await spend(hash, family: family, grant: record.grant, request)
        var entitlement = Entitlement(live, scopes: live.grant.scopes, audiences: audiences)
        entitlement.nonce = record.code.nonce
        entitlement.refreshToken = family.flatMap { RefreshTokens(signOn: signOn).first(of: $0.id, for: request) }
        return entitlement
    }

    /// Everything that ties the code to this request; `audiences` of its tokens.
    private func audiencesIfSuitable(_ request: GrantRequest, _ record: CodeRecord) throws(TokenRefusal) -> [String] {
        guard request.at < record.code.expiresAt else { throw .code }
        guard let redirectURI = request.parameters["redirect_uri"],
            Array(redirectURI.utf8) == Array(record.code.redirectURI.utf8)
        else { throw .redirectURI }
        let isAnswered = ProofKey.isAnswered(
            challenge: record.code.challenge, verifier: request.parameters["code_verifier"], hashing: signOn.hashing)
        guard isAnswered else { throw .proofKey }
        guard record.code.keyThumbprint == nil || record.code.keyThumbprint == request.keyThumbprint else {
            throw .boundKey
        }
        return try Audiences(directory: signOn.directory, portal: request.portal).requested(
            request.parameters.all("resource"), granted: record.grant.resources, acr: record.grant.level.acr)
    }

    private func spend(
        _ hash: Digest, family: RefreshFamily?, grant: Grant, _ request: GrantRequest
    ) async throws -> LiveGrant {
        let outcome = try await signOn.books.redeem(
            code: hash, at: request.at, proof: request.proof, family: family
        ) { outcome in
            switch outcome {
            case .redeemed(let live): [request.entry(.tokenIssued, account: live.account.id, grant: grant.id)]
            case .replayed: [request.refusal(.codeReplayed, grant: grant.id)]
            case .dead: []
            }
        }
        switch outcome {
        case .redeemed(let live): return live
        case .replayed: throw TokenRefusal.booked(.code)
        case .dead: throw TokenRefusal.code
        }
    }
}
