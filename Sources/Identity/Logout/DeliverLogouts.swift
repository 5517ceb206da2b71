import Audit
import Primitives

/// Tells portals of ended sessions (OpenID Connect Back-Channel Logout 1.0), as long as it takes.
package struct DeliverLogouts: Sendable {
    /// Seconds after each failed attempt; then the notice is given up and stays for the operator.
    static let pauses: [Int64] = [5, 30, 120, 300, 900, 1800, 3600]
    /// Notices under way at the same time.
    private static let width = 16

    let signOn: SignOn
    let posting: any LogoutPosting

    package init(_ signOn: SignOn, posting: any LogoutPosting) {
        (self.signOn, self.posting) = (signOn, posting)
    }

    /// Attempts what is due.
    ///
    /// - Returns: the number of attempts.
    /// - Throws: what the books throw.
    package func deliverDue() async throws -> Int {
        let due = try await signOn.books.due(at: signOn.clock.now(), limit: DeliverLogouts.width)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for notice in due { group.addTask { try await attempt(notice) } }
            try await group.waitForAll()
        }
        return due.count
    }

    private func attempt(_ notice: LogoutNotice) async throws {
        guard let portal = signOn.directory[notice.portalID], let uri = portal.backchannelLogoutURI else {
            return try await fail(notice, nil, "no back-channel address", isLast: true)
        }
        let fault: String?
        do {
            fault = await posting.post(logoutToken: try token(notice, portal), to: uri)
        } catch {
            fault = "no key signs"
        }
        if let fault { return try await fail(notice, portal, fault, isLast: false) }
        try await signOn.books.delivered(notice.id, entries: [entry(.logoutDelivered, .succeeded, notice, portal, nil)])
    }

    private func fail(_ notice: LogoutNotice, _ portal: Portal?, _ fault: String, isLast: Bool) async throws {
        let pauses = DeliverLogouts.pauses
        let pause = isLast || notice.attempts >= pauses.count ? nil : pauses[max(notice.attempts, 0)]
        try await signOn.books.failed(
            notice.id, fault: fault, nextAttemptAt: pause.map { signOn.clock.now().adding(seconds: $0) },
            entries: pause == nil ? [entry(.logoutUndelivered, .failed, notice, portal, fault)] : [])
    }

    /// §2.4: a token of its own kind, without nonce, for a few minutes.
    private func token(_ notice: LogoutNotice, _ portal: Portal) throws -> String {
        let now = signOn.clock.now()
        let claims = JSONObject([
            ("iss", .string(signOn.directory.issuer)), ("sub", .string(notice.subject)), ("aud", .string(portal.id)),
            ("iat", .integer(now.secondsSinceEpoch)),
            ("exp", .integer(now.adding(seconds: signOn.policy.tokens.logout).secondsSinceEpoch)),
            ("jti", .string(Base64.encodeURL(signOn.randomness.bytes(16)))),
            ("sid", .string(signOn.sessionName(of: notice.sessionID, for: portal))),
            ("events", ["http://schemas.openid.net/event/backchannel-logout": .object(JSONObject())]),
        ])
        return try signOn.signed(claims, kind: .logoutToken, algorithm: portal.idTokenAlgorithm)
    }

    private func entry(
        _ event: AuditEvent, _ outcome: AuditOutcome, _ notice: LogoutNotice, _ portal: Portal?, _ fault: String?
    ) -> AuditEntry {
        var details = JSONObject([("portal", .string(notice.portalID))])
        details["fault"] = fault.map { .string($0) }
        return AuditEntry(
            event, outcome: outcome, at: signOn.clock.now(), department: portal?.departmentID,
            object: notice.sessionID.description, details: details)
    }
}
