import Audit
import Primitives

/// Ends sessions; whom it concerns hears of it from the outbox.
struct SessionEnding: Sendable {
    let signOn: SignOn

    /// - Parameters:
    ///   - event: written once for each session.
    ///   - actor: who ended them; `nil`: their own owner.
    func end(
        _ sessions: SessionsToEnd, as event: AuditEvent, reason: String, actor: String? = nil
    ) async throws -> [EndedSession] {
        let now = signOn.clock.now()
        return try await signOn.books.end(sessions, at: now) { ended in
            effects(of: ended, at: now, as: event, reason: reason, actor: actor)
        }
    }

    /// Notices to every portal reached that wants to know, and one entry for each session.
    func effects(
        of ended: [EndedSession], at now: Instant, as event: AuditEvent, reason: String, actor: String?
    ) -> EndingEffects {
        let notices = ended.flatMap { ended in
            ended.reached.filter { signOn.directory[$0.portalID]?.backchannelLogoutURI != nil }.map { reached in
                LogoutNotice(
                    id: Identifier(from: signOn.randomness), portalID: reached.portalID, subject: reached.subject,
                    sessionID: ended.session.id, createdAt: now, nextAttemptAt: now)
            }
        }
        let entries = ended.map { ended in
            AuditEntry(
                event, at: now, actor: actor ?? ended.session.accountID.description,
                object: ended.session.id.description, details: JSONObject([("reason", .string(reason))]))
        }
        return EndingEffects(notices: notices, entries: entries)
    }
}
