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

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        proofs = CheckProof(signOn)
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
        let key = try await provenKey(request, portal: portal)
        let type = try grantType(request.parameters, portal: portal)
        guard let grant = grants[type] else { throw TokenRefusal.unknownGrantType }
        let at = signOn.clock.now()
        let grantRequest = GrantRequest(
            type: type, portal: portal, parameters: request.parameters, keyThumbprint: key, at: at,
            tokenID: Base64.encodeURL(signOn.randomness.bytes(RedeemToken.tokenIDLength)))
        let answer = try issuer.answer(try await grant.redeem(grantRequest), grantRequest)
        return TokenAnswer(object: answer, nonce: key == nil ? nil : proofs.nonce(at: at))
    }

    /// FAPI 2.0 §5.3.2.1: its tokens are bound to a key.
    private func provenKey(_ request: TokenRequest, portal: Portal) async throws -> String? {
        let key = try await proofs.thumbprint(of: request)
        guard key != nil || portal.profile == .baseline else {
            throw TokenRefusal.proof(.missing, nonce: proofs.nonce(at: signOn.clock.now()))
        }
        return key
    }

    private func grantType(_ parameters: Parameters, portal: Portal) throws(TokenRefusal) -> GrantType {
        guard let name = parameters["grant_type"] else { throw .missingParameter("grant_type") }
        guard let type = GrantType(wireName: name) else { throw .unknownGrantType }
        guard portal.grants.contains(type) else { throw .grantNotAllowed }
        return type
    }
}
