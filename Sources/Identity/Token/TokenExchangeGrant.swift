import Audit
import Primitives

/// Token exchange (RFC 8693): a portal trades a token that it has for one that another department's system accepts.
///
/// Who may reach whom is the caller's policy; scopes only narrow, `acr` stays, the person gets the name that the target's
/// sector knows, and every hand the token went through stands in `act`.
struct TokenExchangeGrant: TokenGrant {
    static let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"
    /// Seconds; never longer than what was traded in.
    private static let lifetime: Int64 = 300
    /// Hands that a token may go through.
    private static let maximumActors = 8

    let signOn: SignOn
    let reader: AccessTokenReader

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        try checkForm(request)
        let token = try subjectToken(request)
        // RFC 9449 §7: stolen, it would else come back as a token that anyone may use.
        guard token.keyThumbprint == nil || token.keyThumbprint == request.keyThumbprint else {
            throw TokenRefusal.boundKey
        }
        let (targets, names) = try targets(request)
        guard token.acr.map({ $0 >= signOn.directory.floor(of: names) }) ?? true else { throw TokenRefusal.target }
        guard case .live(let live) = try await reader.liveness(of: token, at: request.at) else {
            throw TokenRefusal.subjectToken
        }
        let actor = try actor(request.portal, of: token)
        var entitlement = Entitlement(
            subject: try subject(of: live, token: token, for: targets),
            scopes: try ScopeList.narrowed(request.parameters["scope"], allowed: token.scopes), audiences: names)
        (entitlement.acr, entitlement.authenticatedAt) = (token.acr, token.authenticatedAt)
        entitlement.exchange = Entitlement.Exchange(
            actor: actor, expiresAt: min(token.expiresAt, request.at.adding(seconds: TokenExchangeGrant.lifetime)),
            grantID: token.grantID, sessionName: sessionName(of: live, for: targets),
            origins: token.origins + [token.id])
        let details: [(String, JSONValue)] = [
            ("audience", .array(names.map { .string($0) })), ("act", .object(actor)), ("from", .string(token.id)),
        ]
        try await signOn.books.append(
            request.entry(.tokenExchanged, account: live?.account.id, grant: token.grantID, details: details))
        return entitlement
    }

    private func checkForm(_ request: GrantRequest) throws(TokenRefusal) {
        guard request.portal.isConfidential else { throw .grantNotAllowed }
        guard try request.required("subject_token_type") == TokenExchangeGrant.accessTokenType else {
            throw .unusableParameter("subject_token_type")
        }
        for name in ["actor_token", "actor_token_type"] where request.parameters[name] != nil {
            throw .unusableParameter(name)
        }
        let wanted = request.parameters["requested_token_type"] ?? TokenExchangeGrant.accessTokenType
        guard wanted == TokenExchangeGrant.accessTokenType else { throw .unusableParameter("requested_token_type") }
    }

    /// A token that was given to the caller, or sent to it as to a resource: any other was stolen.
    private func subjectToken(_ request: GrantRequest) throws(TokenRefusal) -> AccessToken {
        let text = try request.required("subject_token")
        guard let token = reader.token(text), token.clientID == request.portal.id || token.isFor(request.portal) else {
            throw .subjectToken
        }
        return token
    }

    /// Resource portals of the caller's own department, or in its list; all of one sector, because the token has one `sub`.
    private func targets(_ request: GrantRequest) throws(TokenRefusal) -> ([Portal], names: [String]) {
        let uris = request.parameters.all("resource")
        let names = Audiences.unique(uris + request.parameters.all("audience"))
        guard (1...4).contains(names.count) else { throw .target }
        var targets: [Portal] = []
        for name in names {
            guard let target = signOn.directory.resource(name), request.portal.mayReach(target),
                !uris.contains(name) || target.resource == name
            else { throw .target }
            targets.append(target)
        }
        guard Set(targets.map(\.sector)).count == 1, Set(targets.map(\.subject)).count == 1 else { throw .target }
        return (targets, names)
    }

    private func subject(of live: LiveGrant?, token: AccessToken, for targets: [Portal]) throws -> String {
        guard let live, let target = targets.first else { return token.subject }
        return try signOn.subject(of: live.account, for: target)
    }

    private func sessionName(of live: LiveGrant?, for targets: [Portal]) -> String? {
        guard let session = live?.grant.sessionID, let target = targets.first else { return nil }
        return signOn.sessionName(of: session, for: target)
    }

    private func actor(_ caller: Portal, of token: AccessToken) throws(TokenRefusal) -> JSONObject {
        var (count, inner) = (1, token.actor)
        while let actor = inner {
            (count, inner) = (count + 1, actor["act"]?.object)
        }
        guard count <= TokenExchangeGrant.maximumActors else { throw .subjectToken }
        var actor = JSONObject([("sub", .string(caller.id))])
        actor["act"] = token.actor.map { .object($0) }
        return actor
    }
}
