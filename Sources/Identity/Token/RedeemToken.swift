import Primitives

/// `/token`: one pipeline for every grant. Who asks → which key is proven → which grant → what it entitles to → tokens.
package struct RedeemToken: Sendable {
    private static let tokenIDLength = 16

    private let signOn: SignOn
    private let authentication: ClientAuthentication
    private let proofs: CheckProof
    private let grants: [GrantType: any TokenGrant]
    private let issuer: TokenIssuer
    private let refusals: RefusalLog
    /// They are no secrets, so they may be drawn in blocks.
    private let tokenIDs: BlockRandomness

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        proofs = CheckProof(signOn)
        tokenIDs = BlockRandomness(signOn.randomness)
        issuer = TokenIssuer(signOn: signOn, memory: memory)
        refusals = RefusalLog(signOn, budget: memory.refusals)
        grants = [
            .authorizationCode: AuthorizationCodeGrant(signOn: signOn),
            .refreshToken: RefreshTokenGrant(signOn: signOn),
            .clientCredentials: ClientCredentialsGrant(signOn: signOn),
            .tokenExchange: TokenExchangeGrant(
                signOn: signOn, reader: AccessTokenReader(signOn: signOn, memory: memory)),
            .deviceCode: DeviceCodeGrant(signOn: signOn),
        ]
    }

    /// - Throws: `TokenRefusal`, or what ports throw.
    package func redeem(_ request: TokenRequest) async throws -> TokenAnswer {
        let portal = try await authentication.authenticate(request)
        do {
            return try await redeem(request, portal: portal)
        } catch let refusal as TokenRefusal {
            try await refusals.note(refusal, portal: portal, endpoint: request.endpoint)
            throw refusal
        }
    }

    private func redeem(_ request: TokenRequest, portal: Portal) async throws -> TokenAnswer {
        let proof = try proof(request, portal: portal)
        // Whoever names a public portal has proven nothing: their proof is spent with a grant that is good, or not at all.
        if let proof, portal.isConfidential { try await proofs.use(proof) }
        let type = try grantType(request.parameters, portal: portal)
        guard let grant = grants[type] else { throw TokenRefusal.unknownGrantType }
        let at = signOn.clock.now()
        let grantRequest = GrantRequest(
            type: type, portal: portal, parameters: request.parameters, keyThumbprint: proof?.keyThumbprint,
            proof: portal.isConfidential ? nil : proof.map { proofs.oneTimeValue($0) }, at: at,
            tokenID: Base64.encodeURL(tokenIDs.bytes(RedeemToken.tokenIDLength)))
        let entitlement = try await entitlement(grant, grantRequest)
        let answer = try issuer.answer(entitlement, grantRequest)
        return TokenAnswer(object: answer, nonce: proof == nil ? nil : proofs.nonce(at: at))
    }

    private func entitlement(_ grant: any TokenGrant, _ request: GrantRequest) async throws -> Entitlement {
        do {
            return try await grant.redeem(request)
        } catch is AlreadySpent {
            throw proofs.replayed
        }
    }

    /// FAPI 2.0 §5.3.2.1: its tokens are bound to a key.
    private func proof(_ request: TokenRequest, portal: Portal) throws(TokenRefusal) -> DPoPProof? {
        let proof = try proofs.unspent(request)
        guard proof != nil || portal.profile == .baseline else {
            throw .proof(.missing, nonce: proofs.nonce(at: signOn.clock.now()))
        }
        return proof
    }

    private func grantType(_ parameters: Parameters, portal: Portal) throws(TokenRefusal) -> GrantType {
        guard let name = parameters["grant_type"] else { throw .missingParameter("grant_type") }
        guard let type = GrantType(wireName: name) else { throw .unknownGrantType }
        guard portal.grants.contains(type) else { throw .grantNotAllowed }
        return type
    }
}
