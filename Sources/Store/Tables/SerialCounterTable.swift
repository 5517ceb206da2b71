/// The next serial of each license type and issuer.
enum SerialCounterTable {
    /// Takes the next number, from 1.
    static func take(
        typeCode: String, issuerCode: String, _ connection: any SQLConnection
    ) throws(StoreFault) -> Int {
        let key = [SQLValue(typeCode), SQLValue(issuerCode)]
        try connection.execute(
            "UPDATE serial_counter SET next = next + 1 WHERE type_code = ? AND issuer_code = ?", key)
        guard connection.changes == 0 else {
            let row = try connection.row(
                "SELECT next FROM serial_counter WHERE type_code = ? AND issuer_code = ?", key)
            guard let next = try row?.number(0) else { throw .corrupted("a serial counter vanished") }
            return next - 1
        }
        try connection.execute("INSERT INTO serial_counter (type_code, issuer_code, next) VALUES (?, ?, 2)", key)
        return 1
    }
}
