import Audit
import Primitives

/// Tells portals of ended sessions (OpenID Connect Back-Channel Logout 1.0), as long as it takes.
package struct DeliverLogouts: Sendable {
    /// Seconds after each failed attempt; then the notice is given up and stays for the operator.
    static let pauses: [Int64] = [5, 30, 120, 300, 900, 1800, 3600]
    /// How long notices that become due wait while others are under way; a round that takes longer is slow.
    private static let look = Duration.seconds(1)

    let signOn: SignOn
    let posting: any LogoutPosting
    /// Portals whose last attempt failed.
    private let failing = FailingPortals()

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
            var (places, count, waits) = (LogoutPlaces(), 0, false)
            while true {
                for round in try await rounds(&places) {
                    count += round.notices.count
                    group.addTask {
                        let isTaken = try await attempt(round.notices)
                        failing.note(round.portalID, isFailing: !isTaken)
                        return round.portalID
                    }
                }
                if places.isEmpty {
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
                    places.leave(portalID)
                } else {
                    waits = false
                    for portalID in places.passTurn() { failing.note(portalID, isFailing: true) }
                }
            }
        }
    }

    /// What is due of portals that have nothing under way and a place: of each the oldest few.
    private func rounds(_ places: inout LogoutPlaces) async throws -> [PortalRound] {
        var (rounds, excluded) = ([PortalRound](), places.portals)
        // Whoever stops the service waits for what is under way, no longer.
        while places.hasRoom, !Task.isCancelled {
            let due = try await signOn.books.due(
                at: signOn.clock.now(), limit: LogoutPlaces.count, excluding: excluded)
            for (portalID, notices) in Dictionary(grouping: due, by: \.portalID) {
                excluded.insert(portalID)
                let isFailing = failing.contains(portalID) ?? (notices.contains { $0.attempts > 0 } ? true : nil)
                let taken = places.take(notices.count, for: portalID, isFailing: isFailing)
                if taken > 0 {
                    rounds.append(PortalRound(portalID: portalID, notices: Array(notices.prefix(taken))))
                }
            }
            // A full page may be one portal's only.
            if due.count < LogoutPlaces.count { break }
        }
        return rounds
    }

    /// - Returns: whether the portal took any of them.
    private func attempt(_ notices: [LogoutNotice]) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for notice in notices { group.addTask { try await attempt(notice) } }
            return try await group.reduce(false) { $0 || $1 }
        }
    }

    /// - Returns: whether the portal took it.
    private func attempt(_ notice: LogoutNotice) async throws -> Bool {
        guard let portal = signOn.directory[notice.portalID], let uri = portal.backchannelLogoutURI else {
            try await fail(notice, nil, "no back-channel address", isLast: true)
            return false
        }
        let fault: String?
        do {
            fault = await posting.post(logoutToken: try token(notice, portal), to: uri)
        } catch {
            fault = "no key signs"
        }
        if let fault {
            try await fail(notice, portal, fault, isLast: false)
            return false
        }
        try await signOn.books.delivered(notice.id, entries: [entry(.logoutDelivered, .succeeded, notice, portal, nil)])
        return true
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
