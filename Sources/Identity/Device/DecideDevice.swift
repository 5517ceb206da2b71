import Audit
import Primitives

/// `/device`: a person types the code that a device shows, and says yes or no (RFC 8628 §3.3).
package struct DecideDevice: Sendable {
    private let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// - Parameter userCode: as typed; `nil` shows the field.
    package func look(userCode: String?, browser: Browser) async throws -> DeviceStep {
        let at = signOn.clock.now()
        guard let live = try await signOn.liveSession(browser, at: at) else { return .signInFirst }
        guard let userCode else { return .enter(nil) }
        switch try await find(userCode, live: live, at: at) {
        case .refused(let refusal): return .enter(refusal)
        case .found(let found):
            let token = FormToken(signOn: signOn).text(DecideDevice.form(found.code), browser) ?? ""
            return .question(
                DeviceQuestion(
                    userCode: found.code.shown, portal: found.portal, accountName: live.account.profile.name,
                    data: StandardClaims.data(scopes: found.request.scopes, claims: .none), formToken: token))
        }
    }

    /// - Parameter formToken: of the question for this code.
    package func decide(
        userCode: String, allows: Bool, formToken: String, browser: Browser
    ) async throws -> DeviceStep {
        let at = signOn.clock.now()
        guard let live = try await signOn.liveSession(browser, at: at) else { return .signInFirst }
        guard let code = UserCode(userCode),
            FormToken(signOn: signOn).isRight(formToken, for: DecideDevice.form(code), browser)
        else { return .enter(.formLost) }
        switch try await find(userCode, live: live, at: at) {
        case .refused(let refusal): return .enter(refusal)
        case .found(let found):
            let decision: DeviceDecision = allows ? try allowance(found, live: live, at: at) : .denied
            let isStored = try await signOn.books.decide(
                userHash: found.request.userHash, decision, at: at,
                entries: [entry(found, live: live, allows: allows, at: at)])
            return isStored ? .done(isAllowed: allows) : .enter(.unknownCode)
        }
    }

    private struct Found {
        let code: UserCode
        let request: DeviceRequest
        let portal: Portal
    }

    private enum Finding {
        case found(Found)
        case refused(DeviceStep.Refusal)
    }

    /// Counted before it is looked up: a user code is short (RFC 8628 §5.1).
    private func find(_ typed: String, live: LiveSession, at: Instant) async throws -> Finding {
        let limits = signOn.policy.guessing
        let name = Secret(Array("user-code/\(live.account.id)".utf8))
        let keys = [
            ThrottleKey(value: signOn.sealing.lookupValue(of: name, purpose: "throttle"), limit: limits.perAccount)
        ]
        if let until = try await signOn.books.count(keys, window: limits.window, at: at) {
            return .refused(.throttled(until: until))
        }
        guard let code = UserCode(typed),
            let request = try await signOn.books.request(userHash: code.hash(signOn.hashing), at: at),
            let portal = signOn.directory[request.portalID]
        else { return .refused(.unknownCode) }
        try await signOn.books.forgive(keys, countedAt: at)
        let floor = max(portal.minimumAssurance, signOn.directory.floor(of: request.resources))
        guard live.session.level.acr >= floor else { return .refused(.level(floor)) }
        return .found(Found(code: code, request: request, portal: portal))
    }

    private func allowance(_ found: Found, live: LiveSession, at: Instant) throws -> DeviceDecision {
        let (portal, scopes) = (found.portal, found.request.scopes)
        let isOffline = portal.grants.contains(.refreshToken) && scopes.contains("offline_access")
        let tokens = signOn.policy.tokens
        let end = isOffline ? at.adding(seconds: tokens.refreshAbsolute) : live.session.expiresAt
        let grant = Grant(
            id: Identifier(at: at, from: signOn.randomness), accountID: live.account.id, portalID: portal.id,
            sessionID: live.session.id, scopes: scopes, resources: found.request.resources,
            subject: try signOn.subject(of: live.account, for: portal), level: live.session.level,
            isOffline: isOffline, createdAt: at, expiresAt: end.adding(seconds: tokens.access))
        let data = StandardClaims.data(scopes: scopes, claims: .none)
        let acknowledgement = Acknowledgement(
            accountID: live.account.id, portalID: portal.id, data: data, isAgreement: portal.consent == .ask, at: at)
        let history = HistoryEntry(
            accountID: live.account.id, at: at, event: .dataSent(portalID: portal.id, data: data))
        return .allowed(grant, acknowledgement, history)
    }

    private func entry(_ found: Found, live: LiveSession, allows: Bool, at: Instant) -> AuditEntry {
        AuditEntry(
            allows ? .deviceAllowed : .deviceDenied, outcome: allows ? .succeeded : .refused, at: at,
            department: found.portal.departmentID, actor: live.account.id.description, object: found.portal.id,
            details: JSONObject([
                ("portal", .string(found.portal.id)),
                ("scope", .string(found.request.scopes.joined(separator: " "))),
            ]))
    }

    private static func form(_ code: UserCode) -> String { "device/\(code.text)" }
}
