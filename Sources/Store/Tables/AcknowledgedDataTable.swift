import Identity
import Primitives

/// Of which data persons were told, or to which they agreed, portal by portal.
enum AcknowledgedDataTable {
    static func store(_ acknowledgement: Acknowledgement, _ connection: any SQLConnection) throws(StoreFault) {
        for name in acknowledgement.data {
            try connection.execute(
                """
                INSERT INTO acknowledged_data (account_id, portal_id, name, is_agreement, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account_id, portal_id, name, is_agreement) DO UPDATE SET at = excluded.at
                """,
                [
                    SQLValue(acknowledgement.accountID), SQLValue(acknowledgement.portalID), SQLValue(name),
                    SQLValue(acknowledgement.isAgreement), SQLValue(acknowledgement.at),
                ])
        }
    }

    /// - Parameter agreed: only what was agreed to.
    static func names(
        _ account: Identifier<Account>, portalID: String, agreed: Bool, _ connection: any SQLConnection
    ) throws -> Set<String> {
        let rows = try connection.rows(
            "SELECT name FROM acknowledged_data WHERE account_id = ? AND portal_id = ? AND is_agreement >= ?",
            [SQLValue(account), SQLValue(portalID), SQLValue(agreed)])
        return Set(try rows.map { try $0.text(0) })
    }
}
