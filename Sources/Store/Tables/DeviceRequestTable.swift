import Identity
import Primitives

/// Devices that wait for a person (RFC 8628).
enum DeviceRequestTable {
    enum Answer: String {
        case waiting
        case denied
        case allowed
        case redeemed
    }

    struct Row {
        let request: DeviceRequest
        let answer: Answer
        let grantID: Identifier<Grant>?
        let lastPollAt: Instant?
        /// Seconds by which the interval grew.
        let extraInterval: Int
    }

    private static let columns = """
        device_hash, user_hash, portal_id, scopes, resources, key_thumbprint, created_at, expires_at, answer, grant_id,
        last_poll_at, extra_interval, origin
        """

    /// Inserts a request where the quota has room for it.
    static func start(
        _ request: DeviceRequest, quota: DeviceQuota, _ connection: any SQLConnection
    ) throws(StoreFault) -> DeviceStart {
        let (portal, now) = (SQLValue(request.portalID), SQLValue(request.createdAt))
        if let origin = request.origin {
            let live = try count(
                "portal_id = ? AND origin = ? AND expires_at > ?", [portal, SQLValue(origin), now],
                limit: quota.perOrigin, connection)
            guard live < quota.perOrigin else { return .originFull }
        }
        let live = try count("portal_id = ? AND expires_at > ?", [portal, now], limit: quota.perPortal, connection)
        guard live < quota.perPortal else { return .portalFull }
        guard try !isTaken(userHash: request.userHash, at: request.createdAt, connection) else { return .codeTaken }
        try insert(request, connection)
        return .waits
    }

    /// Requests of a condition, counted to `limit`.
    private static func count(
        _ condition: String, _ values: [SQLValue], limit: Int, _ connection: any SQLConnection
    ) throws(StoreFault) -> Int {
        try connection.row(
            "SELECT COUNT(*) FROM (SELECT 1 FROM device_request WHERE \(condition) LIMIT ?) AS live",
            values + [SQLValue(limit)])?.number(0) ?? 0
    }

    private static func isTaken(
        userHash: Digest, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.row(
            "SELECT 1 FROM device_request WHERE user_hash = ? AND expires_at > ?",
            [SQLValue(userHash), SQLValue(instant)]) != nil
    }

    private static func insert(_ request: DeviceRequest, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO device_request (
                device_hash, user_hash, portal_id, scopes, resources, key_thumbprint, created_at, expires_at, answer,
                origin, extra_interval
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                SQLValue(request.deviceHash), SQLValue(request.userHash), SQLValue(request.portalID),
                SQLValue(lines: request.scopes), SQLValue(lines: request.resources), SQLValue(request.keyThumbprint),
                SQLValue(request.createdAt), SQLValue(request.expiresAt), SQLValue(Answer.waiting.rawValue),
                SQLValue(request.origin),
            ])
    }

    /// The one that nobody has answered and that is not too late.
    static func unanswered(
        userHash: Digest, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Row? {
        let row = try connection.row(
            "SELECT \(columns) FROM device_request WHERE user_hash = ? AND answer = ? AND expires_at > ?",
            [SQLValue(userHash), SQLValue(Answer.waiting.rawValue), SQLValue(instant)])
        return try row.map { row throws(StoreFault) in try record(row) }
    }

    static func find(
        deviceHash: Digest, portalID: String, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Row? {
        let row = try connection.row(
            "SELECT \(columns) FROM device_request WHERE device_hash = ? AND portal_id = ? AND expires_at > ?",
            [SQLValue(deviceHash), SQLValue(portalID), SQLValue(instant)])
        return try row.map { row throws(StoreFault) in try record(row) }
    }

    /// Answers a request that nobody has answered.
    static func answer(
        userHash: Digest, _ answer: Answer, grant: Identifier<Grant>?, at instant: Instant,
        _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            """
            UPDATE device_request SET answer = ?, grant_id = ?
            WHERE user_hash = ? AND answer = ? AND expires_at > ?
            """,
            [
                SQLValue(answer.rawValue), SQLValue(grant), SQLValue(userHash), SQLValue(Answer.waiting.rawValue),
                SQLValue(instant),
            ])
        return connection.changes == 1
    }

    static func notePoll(
        _ deviceHash: Digest, extraInterval: Int, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE device_request SET last_poll_at = ?, extra_interval = ? WHERE device_hash = ?",
            [SQLValue(instant), SQLValue(extraInterval), SQLValue(deviceHash)])
    }

    /// Redeems a request that was allowed and whose grant is live.
    static func redeem(
        _ deviceHash: Digest, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        let now = SQLValue(instant)
        try connection.execute(
            """
            UPDATE device_request SET answer = ?, last_poll_at = ? WHERE device_hash = ? AND answer = ?
            AND expires_at > ? AND \(GrantTable.isLive("device_request.grant_id"))
            """,
            [
                SQLValue(Answer.redeemed.rawValue), now, SQLValue(deviceHash), SQLValue(Answer.allowed.rawValue), now,
                now, now,
            ])
        return connection.changes == 1
    }

    private static func record(_ row: SQLRow) throws(StoreFault) -> Row {
        let request = DeviceRequest(
            deviceHash: try row.digest(0), userHash: try row.digest(1), portalID: try row.text(2),
            scopes: try row.lines(3), resources: try row.lines(4), keyThumbprint: try row.optionalText(5),
            origin: try row.isNull(12) ? nil : row.digest(12), createdAt: try row.instant(6),
            expiresAt: try row.instant(7))
        return Row(
            request: request, answer: try row.word(8), grantID: try row.optionalIdentifier(9),
            lastPollAt: try row.optionalInstant(10), extraInterval: try row.number(11))
    }
}
