import Primitives

/// Opens the doors of this provider itself to access tokens: userinfo and the write API (RFC 6750 §2, RFC 9449 §7).
package struct AccessTokens: Sendable {
    private enum Presented {
        case bearer(String)
        case dpop(String)
    }

    private static let maximumLength = 16 << 10

    let signOn: SignOn
    let refusals: RefusalBudget
    private let reader: AccessTokenReader
    private let proofs: CheckProof

    package init(_ signOn: SignOn, memory: TokenMemory) {
        (self.signOn, refusals) = (signOn, memory.refusals)
        reader = AccessTokenReader(signOn: signOn, memory: memory)
        proofs = CheckProof(signOn)
    }

    /// - Parameter scope: that the token must have.
    /// - Throws: `ResourceRefusal`, or what ports throw.
    package func authorize(_ request: ResourceRequest, scope: String) async throws -> TokenHolder {
        let presented = try presented(request)
        let at = signOn.clock.now()
        guard let token = reader.token(text(presented)), at < token.expiresAt,
            token.audiences.contains(signOn.directory.issuer), let portal = signOn.directory[token.clientID]
        else { throw ResourceRefusal.token }
        try await checkKey(of: token, presented, request, at: at)
        guard case .live(let found) = try await reader.holder(of: token, at: at) else { throw ResourceRefusal.token }
        let holder = TokenHolder(portal: portal, token: token, account: found?.account, grant: found?.grant)
        guard token.scopes.contains(scope) else {
            try await noteForbidden(holder, scope: scope)
            throw ResourceRefusal.scope(scope)
        }
        return holder
    }

    private func presented(_ request: ResourceRequest) throws(ResourceRefusal) -> Presented {
        switch (request.authorization, request.formToken) {
        case (nil, nil): throw .missing
        case (nil, let token?): return .bearer(token)
        case (_?, _?): throw .malformed
        case (let header?, nil):
            guard header.utf8.count <= AccessTokens.maximumLength else { throw .malformed }
            let parts = header.words
            switch (parts.first?.lowercased(), parts.count) {
            case ("bearer", 2): return .bearer(parts[1])
            case ("dpop", 2): return .dpop(parts[1])
            case ("bearer", _), ("dpop", _): throw .malformed
            default: throw .missing
            }
        }
    }

    private func text(_ presented: Presented) -> String {
        switch presented {
        case .bearer(let text), .dpop(let text): text
        }
    }

    /// A bound token is worth nothing without its key, and least of all as a bearer token (RFC 9449 §7.2).
    private func checkKey(
        of token: AccessToken, _ presented: Presented, _ request: ResourceRequest, at: Instant
    ) async throws {
        switch (presented, token.keyThumbprint) {
        case (.bearer, nil): return
        case (.bearer, _?), (.dpop, nil): throw ResourceRefusal.scheme
        case (.dpop(let text), let bound?):
            let nonce = proofs.nonce(at: at)
            do {
                let key = try await proofs.thumbprint(
                    of: request.proofs, method: request.method, uri: request.uri, accessToken: text, at: at)
                guard key == bound else { throw DPoPFault.binding }
            } catch let fault as DPoPFault {
                throw ResourceRefusal.proof(fault, nonce: nonce)
            }
        }
    }
}
