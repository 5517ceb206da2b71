import Licensing
import Primitives

/// Status lists: one department each, indexes given out at random.
enum StatusListTable {
    struct Row {
        let list: Int
        let departmentID: String
        let capacity: Int
        let version: Int
    }

    /// Draws after which a list that is at most half full must be called broken.
    private static let draws = 256

    static func all(_ connection: any SQLConnection) throws -> [Int] {
        try connection.rows("SELECT list FROM status_list ORDER BY list").map { try $0.number(0) }
    }

    static func find(_ list: Int, _ connection: any SQLConnection) throws(StoreFault) -> Row? {
        let row = try connection.row(
            "SELECT list, department_id, capacity, version FROM status_list WHERE list = ?", [SQLValue(list)])
        guard let row else { return nil }
        return Row(
            list: try row.number(0), departmentID: try row.text(1), capacity: try row.number(2),
            version: try row.number(3))
    }

    /// Notes that a mark of the list changed.
    static func raiseVersion(of list: Int, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute("UPDATE status_list SET version = version + 1 WHERE list = ?", [SQLValue(list)])
        guard connection.changes == 1 else { throw .corrupted("a license names a status list that is not there") }
    }

    /// Takes a random index that no license ever had; a new list opens when the department's newest is half full, so
    /// that a random draw soon finds a free index and indexes tell nothing about each other.
    static func takePlace(
        department: String, capacity: Int, randomness: any Randomness, _ connection: any SQLConnection
    ) throws(StoreFault) -> StatusPlace {
        let (list, size) = try open(department: department, capacity: capacity, connection)
        for _ in 0..<draws {
            let place = StatusPlace(list: list, index: randomness.number(below: size))
            guard try LicenseTable.isFree(place, connection) else { continue }
            try connection.execute("UPDATE status_list SET used = used + 1 WHERE list = ?", [SQLValue(list)])
            return place
        }
        throw .corrupted("a status list says it is half empty and has no free index")
    }

    private static func open(
        department: String, capacity: Int, _ connection: any SQLConnection
    ) throws(StoreFault) -> (list: Int, capacity: Int) {
        let row = try connection.row(
            """
            SELECT list, capacity FROM status_list WHERE department_id = ? AND used * 2 < capacity
            ORDER BY list DESC LIMIT 1
            """, [SQLValue(department)])
        if let row { return (try row.number(0), try row.number(1)) }
        let list = (try connection.row("SELECT COALESCE(MAX(list), 0) FROM status_list")?.number(0) ?? 0) + 1
        try connection.execute(
            "INSERT INTO status_list (list, department_id, capacity, used, version) VALUES (?, ?, ?, 0, 1)",
            [SQLValue(list), SQLValue(department), SQLValue(capacity)])
        return (list, capacity)
    }
}
