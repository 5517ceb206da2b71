import Audit
import Primitives

/// What `/logout` leads to.
package enum LogoutStep: Sendable {
    /// Ask first; the form carries `flow` and `decision`.
    case confirm(flow: String, portal: Portal?, locales: [String], redirectOrigin: String?)
    /// Done, or nothing to do; without an address a page says so.
    case done(redirect: String?, locales: [String])
    /// The person said no, or the flow is lost.
    case stayed
    /// `post_logout_redirect_uri` is not the portal's: an error page, nothing ended.
    case refused(LogoutRefusal)
}

package enum LogoutRefusal: Error, Hashable, Sendable, CaseIterable {
    case unknownPortal
    case redirectURIUnknown
    case repeatedParameter
    case tooLong
}

/// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).
package struct Logout: Sendable {
    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// A portal's request. It is done at once only where its ID token names the very session of this browser; else the
    /// person is asked, because anyone can send a browser here.
    package func begin(
        _ parameters: Parameters, browser: Browser
    ) async throws -> (step: LogoutStep, changes: BrowserChanges) {
        let hint = parameters["id_token_hint"].flatMap { signOn.ownToken($0, kind: .idToken) }
        let request: LogoutRequest
        do {
            request = try read(parameters, hint)
        } catch {
            return (.refused(error), BrowserChanges())
        }
        let turn = try await Turn(.logout(request), browser: browser, signOn: signOn)
        guard let live = turn.live else {
            return (.done(redirect: request.destination, locales: request.locales), BrowserChanges())
        }
        let portal = request.portalID.flatMap { signOn.directory[$0] }
        if let hint, let portal, hint.claims["sid"]?.string == signOn.sessionName(of: live.session.id, for: portal) {
            try await end(live)
            return (.done(redirect: request.destination, locales: request.locales), BrowserChanges.signedOut)
        }
        return (try question(turn, request, portal), turn.changes)
    }

    private func question(_ turn: Turn, _ request: LogoutRequest, _ portal: Portal?) throws -> LogoutStep {
        do {
            return .confirm(
                flow: try SealedFlow(signOn: signOn).seal(turn.flow, for: turn.cookie), portal: portal,
                locales: request.locales, redirectOrigin: request.redirectURI.map { RedirectURI.origin(of: $0) })
        } catch AuthorizeRefusal.tooLong {
            return .refused(.tooLong)
        }
    }

    /// The answer to the question.
    package func confirm(
        flow: String, allows: Bool, browser: Browser
    ) async throws -> (step: LogoutStep, changes: BrowserChanges) {
        let turn: Turn
        do {
            turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
        } catch is AuthorizeRefusal {
            return (.stayed, BrowserChanges())
        }
        guard case .logout(let request) = turn.flow.target, allows else { return (.stayed, BrowserChanges()) }
        if let live = turn.live { try await end(live) }
        return (.done(redirect: request.destination, locales: request.locales), BrowserChanges.signedOut)
    }

    private func end(_ live: LiveSession) async throws {
        _ = try await SessionEnding(signOn: signOn).end(.one(live.session.id), as: .loggedOut, reason: "logout")
    }

    /// A hint that is not ours counts as none (§4); without hint and `client_id` nobody knows whose redirect URI it would
    /// be, so there is none.
    private func read(_ parameters: Parameters, _ hint: OwnToken?) throws(LogoutRefusal) -> LogoutRequest {
        guard parameters.repeated().isEmpty else { throw .repeatedParameter }
        guard (parameters["state"]?.utf8.count ?? 0) <= 2048 else { throw .tooLong }
        let audience = hint?.audiences.first
        let named = parameters["client_id"]
        if let named, audience ?? named != named || signOn.directory[named] == nil { throw .unknownPortal }
        let portal = (named ?? audience).flatMap { signOn.directory[$0] }
        let uri = portal == nil ? nil : parameters["post_logout_redirect_uri"]
        if let uri, portal?.postLogoutRedirectURIs.contains(where: { Array($0.utf8) == Array(uri.utf8) }) != true {
            throw .redirectURIUnknown
        }
        return LogoutRequest(
            portalID: portal?.id, redirectURI: uri, state: parameters["state"],
            locales: LanguageTags.read(parameters["ui_locales"]))
    }
}
