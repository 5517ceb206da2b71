import JOSE
import Primitives

/// Reads access tokens of this provider, and asks whether they are still good.
struct AccessTokenReader: Sendable {
    private static let maximumLength = 16 << 10

    let signOn: SignOn
    let memory: TokenMemory

    /// The token in `text`: form, type, key, signature and issuer are checked. Times, audience and whether it is still good
    /// are not.
    func token(_ text: String) -> AccessToken? {
        let bytes = Array(text.utf8)
        guard bytes.count <= AccessTokenReader.maximumLength else { return nil }
        let hash = signOn.hashing.sha256(bytes)
        let isKnown = memory.signatures.contains(hash)
        if isKnown, let token = known(bytes) { return token }
        guard let token = checked(text, bytes, isSignatureKnown: isKnown) else { return nil }
        if !isKnown { memory.signatures.insert(hash) }
        return token
    }

    /// Reads a token of which every byte was checked before, its signature too: what is left is whether its key still counts,
    /// and what it says. To keep what tokens say would save a twentieth of an introspection.
    ///
    /// - Returns: `nil` also where its header was not seen lately or its claims are written otherwise.
    private func known(_ text: [UInt8]) -> AccessToken? {
        guard let parts = JWS.parts(text), let keyID = memory.headers.keyID(ofAccessToken: parts.header),
            signOn.keys.publicKey(keyID) != nil, let payload = Base64.decodeURL(parts.payload)
        else { return nil }
        return WrittenClaims.token(payload, issuer: signOn.directory.issuer)
    }

    private func checked(_ text: String, _ bytes: [UInt8], isSignatureKnown: Bool) -> AccessToken? {
        guard let own = signOn.ownToken(text, kind: .accessToken, isSignatureKnown: isSignatureKnown),
            let token = AccessToken(own)
        else { return nil }
        if let header = JWS.parts(bytes)?.header { memory.headers.note(ofAccessToken: header, keyID: own.keyID) }
        return token
    }

    /// `liveness` for who needs no more than the answer.
    func isLive(_ token: AccessToken, at instant: Instant) async throws -> Bool {
        guard instant < token.expiresAt, signOn.directory[token.clientID] != nil else { return false }
        guard try await !isOriginRevoked(token) else { return false }
        guard let grantID = token.grantID else { return try await !signOn.books.isRevoked(token: token.id) }
        return try await signOn.books.isLive(grantID, token: token.id, at: instant)
    }

    /// What a live token stands for; `nil` for one that no person is behind.
    enum Liveness<Found: Sendable>: Sendable {
        case live(Found?)
        /// Revoked, or grant, session, account or portal are over.
        case dead
    }

    /// Asks the books once: grant, session and account for a person's token, else whether it was revoked.
    func liveness(of token: AccessToken, at instant: Instant) async throws -> Liveness<LiveGrant> {
        try await liveness(of: token, at: instant) { try await signOn.books.live($0, token: token.id, at: instant) }
    }

    /// `liveness` for who needs no more than whose it is.
    func holder(of token: AccessToken, at instant: Instant) async throws -> Liveness<GrantHolder> {
        try await liveness(of: token, at: instant) { try await signOn.books.holder($0, token: token.id, at: instant) }
    }

    private func liveness<Found: Sendable>(
        of token: AccessToken, at instant: Instant, _ find: (Identifier<Grant>) async throws -> Found?
    ) async throws -> Liveness<Found> {
        guard instant < token.expiresAt, signOn.directory[token.clientID] != nil else { return .dead }
        guard try await !isOriginRevoked(token) else { return .dead }
        guard let grantID = token.grantID else {
            return try await signOn.books.isRevoked(token: token.id) ? .dead : .live(nil)
        }
        return try await find(grantID).map { .live($0) } ?? .dead
    }

    /// Revocations are remembered longer than a token lives that came of the revoked one.
    private func isOriginRevoked(_ token: AccessToken) async throws -> Bool {
        for origin in token.origins where try await signOn.books.isRevoked(token: origin) { return true }
        return false
    }
}

extension AccessToken {
    /// Whether it was made for a resource portal.
    func isFor(_ portal: Portal) -> Bool {
        portal.kind == .resource && audiences.contains { $0 == portal.id || $0 == portal.resource }
    }
}
