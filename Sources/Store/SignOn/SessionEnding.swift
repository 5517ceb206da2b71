import Identity
import Primitives

/// The end of sessions inside a transaction: who is to be told, what ends with them, and the notices.
struct SessionEnding {
    let seals: PersonalSeals
    let at: Instant
    let connection: any SQLConnection

    /// What is live now, with the portals reached.
    func live(_ sessions: SessionsToEnd) throws -> [EndedSession] {
        try SessionTable.live(sessions, at: at, connection).map { row in
            EndedSession(
                session: try seals.session(row), reached: try GrantTable.reached(in: row.session.id, connection))
        }
    }

    /// Ends the sessions and the grants that go with them.
    ///
    /// - Parameter live: of `sessions`, from `live`.
    /// - Returns: the grants that ended now; with them their codes and refresh families are dead.
    func end(_ sessions: SessionsToEnd, _ live: [EndedSession]) throws -> [Identifier<Grant>] {
        for ended in live { try SessionTable.end(ended.session.id, at: at, connection) }
        return switch sessions {
        case .one: try live.flatMap { try GrantTable.endAll(of: $0.session.id, at: at, connection) }
        case .all(let account): try GrantTable.endAll(of: account, at: at, connection)
        }
    }

    func store(_ notices: [LogoutNotice]) throws {
        for notice in notices { try LogoutNoticeTable.insert(notice, connection) }
    }
}
