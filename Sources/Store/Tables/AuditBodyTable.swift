/// Salt and body of each entry, sealed together: with the salt in clear, a short body could be guessed.
enum AuditBodyTable {
    static func insert(_ sealed: [UInt8], at sequence: Int, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO audit_body (seq, sealed) VALUES (?, ?)", [SQLValue(sequence), .blob(sealed)])
    }
}
