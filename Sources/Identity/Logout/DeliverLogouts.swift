import Audit
import Primitives

/// Tells portals of ended sessions (OpenID Connect Back-Channel Logout 1.0), as long as it takes.
package struct DeliverLogouts: Sendable {
    /// Seconds after each failed attempt; then the notice is given up and stays for the operator.
    static let pauses: [Int64] = [5, 30, 120, 300, 900, 1800, 3600]
    /// Notices under way at the same time.
    private static let width = 64
    /// Of them to one portal: one that does not answer leaves room for the others.
    private static let portalWidth = 4
    /// How long notices that become due wait while others are under way.
    private static let look = Duration.seconds(1)

    let signOn: SignOn
    let posting: any LogoutPosting

    package init(_ signOn: SignOn, posting: any LogoutPosting) {
        (self.signOn, self.posting) = (signOn, posting)
    }

    /// Attempts what is due until nothing is and nothing is under way.
    ///
    /// - Returns: the number of attempts.
    /// - Throws: what the books throw.
    package func deliverDue() async throws -> Int {
        // What ends: the round of a portal, or a wait, which is `nil`.
        try await withThrowingTaskGroup(of: String?.self) { group in
            var (busy, underWay, count, waits) = ([String: Int](), 0, 0, false)
            while true {
                for round in try await rounds(besides: busy, room: DeliverLogouts.width - underWay) {
                    busy[round.portalID] = round.notices.count
                    underWay += round.notices.count
                    count += round.notices.count
                    group.addTask {
                        try await attempt(round.notices)
                        return round.portalID
                    }
                }
                if busy.isEmpty {
                    group.cancelAll()
                    return count
                }
                if !waits, !Task.isCancelled {
                    group.addTask {
                        try? await Task.sleep(for: DeliverLogouts.look)
                        return nil
                    }
                    waits = true
                }
                if let ended = try await group.next(), let portalID = ended {
                    underWay -= busy.removeValue(forKey: portalID) ?? 0
                } else {
                    waits = false
                }
            }
        }
    }

    /// What is due of portals that have nothing under way: of each the oldest few.
    private func rounds(besides busy: [String: Int], room: Int) async throws -> [PortalRound] {
        var (rounds, excluded, room) = ([PortalRound](), Set(busy.keys), room)
        // Whoever stops the service waits for what is under way, no longer.
        while room > 0, !Task.isCancelled {
            let due = try await signOn.books.due(
                at: signOn.clock.now(), limit: DeliverLogouts.width, excluding: excluded)
            for (portalID, notices) in Dictionary(grouping: due, by: \.portalID) where room > 0 {
                let round = PortalRound(
                    portalID: portalID, notices: Array(notices.prefix(min(DeliverLogouts.portalWidth, room))))
                rounds.append(round)
                excluded.insert(portalID)
                room -= round.notices.count
            }
            // A full page may be one portal's only.
            if due.count < DeliverLogouts.width { break }
        }
        return rounds
    }

    private func attempt(_ notices: [LogoutNotice]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for notice in notices { group.addTask { try await attempt(notice) } }
            try await group.waitForAll()
        }
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

    private struct PortalRound {
        let portalID: String
        let notices: [LogoutNotice]
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
