import Identity
import Primitives

/// The time-based one-time password of an account (RFC 6238): its sealed secret and the last step spent.
extension AccountTable {
    static func sealedSecret(
        of id: Identifier<Account>, _ connection: any SQLConnection
    ) throws(StoreFault) -> [UInt8]? {
        try connection.row("SELECT totp_secret FROM account WHERE id = ?", [SQLValue(id)])?.optionalBlob(0)
    }

    /// - Returns: `false`, nothing having changed, when there is no such account or it has a secret.
    static func enrol(
        _ id: Identifier<Account>, sealedSecret: [UInt8], step: Int64, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "UPDATE account SET totp_secret = ?, totp_step = ? WHERE id = ? AND totp_secret IS NULL",
            [.blob(sealedSecret), .integer(step), SQLValue(id)])
        return connection.changes == 1
    }

    static func spend(
        step: Int64, of id: Identifier<Account>, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "UPDATE account SET totp_step = ? WHERE id = ? AND totp_secret IS NOT NULL AND totp_step < ?",
            [.integer(step), SQLValue(id), .integer(step)])
        return connection.changes == 1
    }
}
