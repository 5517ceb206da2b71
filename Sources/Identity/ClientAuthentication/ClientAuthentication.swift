import JOSE
import Primitives

/// Which portal a request is from: `client_secret_basic`, `client_secret_post`, `private_key_jwt` or a public portal's
/// bare name (OpenID Connect Core §9).
///
/// Unknown portals, wrong secrets and the wrong method are one answer, and cost the same: what is computed depends on what
/// was presented, never on whether there is such a portal.
package struct ClientAuthentication: Sendable {
    private let signOn: SignOn
    private let refusals: RefusalLog

    package init(_ signOn: SignOn, memory: TokenMemory) {
        (self.signOn, refusals) = (signOn, RefusalLog(signOn, budget: memory.refusals))
    }

    /// - Throws: `TokenRefusal`, or what ports throw.
    package func authenticate(_ request: TokenRequest) async throws -> Portal {
        guard request.parameters.repeated(except: ["resource", "audience"]).isEmpty else {
            throw TokenRefusal.repeatedParameter
        }
        let presented = PresentedCredentials(request)
        let portal = presented.id.flatMap { signOn.directory[$0] }
        guard let portal, try await isProven(presented, portal: portal, endpoint: request.endpoint) else {
            if portal == nil { pretend(presented) }
            try await refusals.noteUnproven(portal, endpoint: request.endpoint)
            throw TokenRefusal.client
        }
        return portal
    }

    private func isProven(
        _ presented: PresentedCredentials, portal: Portal, endpoint: TokenRequest.Endpoint
    ) async throws -> Bool {
        switch (presented, portal.authentication) {
        case (.basic(_, let secret), .secretBasic(let expected)), (.post(_, let secret), .secretPost(let expected)):
            return ConstantTime.areEqual(signOn.hashing.sha256(secret.exposedBytes).bytes, expected.bytes)
        case (.assertion(let assertion, _), .privateKeyJWT(let keys)):
            return try await isProven(assertion, keys: keys, portal: portal, endpoint: endpoint)
        case (.name, .none):
            // A name alone opens nothing that answers about tokens or keeps rows (RFC 7662 §2.1).
            return endpoint != .introspection && endpoint != .pushedRequest
        default:
            pretend(presented)
            return false
        }
    }

    private func isProven(
        _ assertion: ClientAssertion, keys: [JWK], portal: Portal, endpoint: TokenRequest.Endpoint
    ) async throws -> Bool {
        let candidates = assertion.candidates(among: keys)
        guard !candidates.isEmpty else {
            pretend(.assertion(assertion, id: nil))
            return false
        }
        guard candidates.contains(where: { isSigned(assertion, by: $0) }),
            assertion.isSignedSuitably(for: portal.profile), assertion.isTimely(at: signOn.clock.now()),
            assertion.isAddressed(to: signOn.directory.issuer, endpoint: endpoint, profile: portal.profile)
        else { return false }
        let value = signOn.hashing.sha256([Array(portal.id.utf8)[...], [0], Array(assertion.identifier.utf8)[...]])
        return try await signOn.books.spend(
            .clientAssertion, value, until: assertion.expiresAt.adding(seconds: OneTimeKind.slack))
    }

    private func isSigned(_ assertion: ClientAssertion, by key: JWK) -> Bool {
        assertion.jws.isValid(
            publicKey: key.subjectPublicKeyInfo, algorithm: assertion.jws.algorithm, verifier: signOn.verifier)
    }

    /// Does the work that a real check would have done.
    private func pretend(_ presented: PresentedCredentials) {
        switch presented {
        case .basic(_, let secret), .post(_, let secret): _ = signOn.hashing.sha256(secret.exposedBytes)
        case .assertion(let assertion, _):
            _ = assertion.candidates(among: signOn.keys.published().map { JWK($0.key) }).first.map {
                isSigned(assertion, by: $0)
            }
        case .name, .unusable: break
        }
    }
}
