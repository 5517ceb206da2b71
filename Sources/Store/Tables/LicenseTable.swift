import Licensing
import Primitives

/// One row for each number ever given out; rows are never deleted.
enum LicenseTable {
    private static let columns = """
        number, type_id, department_id, state, status_list, status_index, intent_id, sealed_application,
        valid_from, valid_until, reserved_at, issued_at, previous, next
        """

    static func find(_ number: LicenseNumber, _ connection: any SQLConnection) throws(StoreFault) -> LicenseRecord? {
        let row = try connection.row(
            "SELECT \(columns) FROM license WHERE number = ?", [SQLValue(number.description)])
        return try row.map { row throws(StoreFault) in try record(row) }
    }

    static func isFree(_ place: StatusPlace, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row(
            "SELECT 1 FROM license WHERE status_list = ? AND status_index = ?",
            [SQLValue(place.list), SQLValue(place.index)]) == nil
    }

    /// The highest version given out under a serial, 0 when there is none.
    static func highestVersion(
        typeCode: String, issuerCode: String, serial: String, _ connection: any SQLConnection
    ) throws(StoreFault) -> Int {
        let row = try connection.row(
            "SELECT COALESCE(MAX(version), 0) FROM license WHERE type_code = ? AND issuer_code = ? AND serial = ?",
            [SQLValue(typeCode), SQLValue(issuerCode), SQLValue(serial)])
        return try row?.number(0) ?? 0
    }

    static func hasPendingSuccessor(
        _ number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.row(
            "SELECT 1 FROM license WHERE previous = ? AND state = ?",
            [SQLValue(number.description), SQLValue(LicenseState.pending.rawValue)]) != nil
    }

    /// What an idempotency key was used for: the record and the digest of the request.
    static func find(
        idempotencyKey: Digest, _ connection: any SQLConnection
    ) throws(StoreFault) -> (record: LicenseRecord, request: Digest)? {
        let row = try connection.row(
            "SELECT \(columns), request_digest FROM license WHERE idempotency_key = ?", [SQLValue(idempotencyKey)])
        guard let row else { return nil }
        return (try record(row), try row.digest(14))
    }

    static func insert(
        _ number: LicenseNumber, _ place: StatusPlace, _ intent: IssuanceIntent, request: RequestMark?,
        owner: Identifier<StoreInstance>, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO license (
                number, type_id, type_code, department_id, issuer_code, serial, version, state, intent_id,
                sealed_application, valid_from, valid_until, reserved_at, status_list, status_index, previous,
                idempotency_key, request_digest, owner
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(number.description), SQLValue(intent.type.id), SQLValue(number.typeCode),
                SQLValue(intent.department.id), SQLValue(number.issuerCode), SQLValue(number.serial),
                SQLValue(number.version), SQLValue(LicenseState.pending.rawValue), SQLValue(intent.intentID),
                .blob(intent.sealedApplication), SQLValue(intent.validFrom), SQLValue(intent.validUntil),
                SQLValue(intent.at), SQLValue(place.list), SQLValue(place.index),
                SQLValue(intent.previous?.description), SQLValue(request?.key), SQLValue(request?.content),
                SQLValue(owner),
            ])
    }

    static func set(
        _ state: LicenseState, of number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE license SET state = ? WHERE number = ?",
            [SQLValue(state.rawValue), SQLValue(number.description)])
    }

    static func setIssued(
        _ number: LicenseNumber, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE license SET issued_at = ? WHERE number = ?", [SQLValue(instant), SQLValue(number.description)])
    }

    static func setNext(
        of number: LicenseNumber, to next: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE license SET next = ? WHERE number = ?",
            [SQLValue(next.description), SQLValue(number.description)])
    }

    /// Marks of a list by rising index; what is valid, pending or void has none.
    static func marks(of list: Int, _ connection: any SQLConnection) throws -> [StatusMark] {
        let states: [LicenseState] = [.suspended, .revoked, .cancelled, .superseded]
        let rows = try connection.rows(
            """
            SELECT status_index, state, next FROM license WHERE state IN (?, ?, ?, ?) AND status_list = ?
            ORDER BY status_index
            """, states.map { SQLValue($0.rawValue) } + [SQLValue(list)])
        return try rows.map { row in
            StatusMark(
                index: try row.number(0), state: try state(try row.text(1)),
                supersededBy: try row.optionalText(2).map(number))
        }
    }

    static func record(_ row: SQLRow) throws(StoreFault) -> LicenseRecord {
        LicenseRecord(
            number: try number(try row.text(0)), typeID: try row.text(1), departmentID: try row.text(2),
            state: try state(try row.text(3)), place: StatusPlace(list: try row.number(4), index: try row.number(5)),
            intentID: try row.identifier(6), sealedApplication: try row.blob(7), validFrom: try row.date(8),
            validUntil: try row.optionalDate(9), reservedAt: try row.instant(10),
            issuedAt: try row.optionalInstant(11), supersedes: try optionalNumber(row, 12),
            supersededBy: try optionalNumber(row, 13))
    }

    static func number(_ text: String) throws(StoreFault) -> LicenseNumber {
        guard let number = LicenseNumber(text) else { throw .corrupted("a license number is damaged") }
        return number
    }

    static func state(_ word: String) throws(StoreFault) -> LicenseState {
        guard let state = LicenseState(rawValue: word) else { throw .corrupted("a license state is damaged") }
        return state
    }

    private static func optionalNumber(_ row: SQLRow, _ column: Int) throws(StoreFault) -> LicenseNumber? {
        guard let text = try row.optionalText(column) else { return nil }
        return try number(text)
    }
}
