import Primitives

/// `/par` (RFC 9126): stores a request of an authenticated portal.
package struct PushRequest: Sendable {
    /// RFC 9126 §2.2.
    static let prefix = "urn:ietf:params:oauth:request_uri:"
    /// Requests of one portal that may wait at the same time.
    private static let quota = 10_000

    /// What the portal gets.
    package struct Answer: Hashable, Sendable {
        package let requestURI: String
        /// Seconds.
        package let expiresIn: Int64
    }

    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// Makes the checks of `/authorize` and stores what passed.
    ///
    /// - Parameters:
    ///   - portal: authenticated.
    ///   - keyThumbprint: of the key of a DPoP proof that came along; checked by the caller.
    /// - Throws: `AuthorizeRefusal`; what the ports throw.
    package func push(_ parameters: Parameters, portal: Portal, keyThumbprint: String?) async throws -> Answer {
        var draft = AuthorizationDraft(
            parameters, signOn: signOn, authenticated: portal, provenThumbprint: keyThumbprint)
        try AuthorizationCheck.run(.push, on: &draft)
        guard let request = draft.request else { throw AuthorizeRefusal.redirectURIMissing }
        let secret = OpaqueSecret(from: signOn.randomness)
        let now = signOn.clock.now()
        let lifetime = signOn.policy.tokens.pushedRequest
        let pushed = PushedRequest(
            hash: secret.hash(signOn.hashing), portalID: portal.id,
            request: JSONValue.object(request.json).compactBytes, expiresAt: now.adding(seconds: lifetime))
        guard try await signOn.books.push(pushed, quota: PushRequest.quota, at: now) else {
            throw AuthorizeRefusal.tooManyPushed
        }
        return Answer(requestURI: PushRequest.prefix + secret.exposedText, expiresIn: lifetime)
    }

    /// A stored request; the policy may have changed since, so the redirect URI is checked again.
    static func read(_ bytes: [UInt8], portal: Portal) -> AuthorizationRequest? {
        guard let object = (try? JSONReader.read(bytes))?.object, let request = AuthorizationRequest(json: object),
            request.portalID == portal.id, RedirectURI.isRegistered(request.redirectURI, for: portal)
        else { return nil }
        return request
    }
}
