import Audit
import Primitives

/// Which pseudonym stands in the leaves for whom; found by keyed hash only.
enum AuditPseudonymTable {
    static func find(_ lookup: Digest, _ connection: any SQLConnection) throws(StoreFault) -> AuditPseudonym? {
        let row = try connection.row(
            "SELECT pseudonym FROM audit_pseudonym WHERE lookup = ?", [SQLValue(lookup)])
        guard let row else { return nil }
        return try row.identifier(0)
    }

    static func insert(
        _ pseudonym: AuditPseudonym, for lookup: Digest, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO audit_pseudonym (lookup, pseudonym) VALUES (?, ?)", [SQLValue(lookup), SQLValue(pseudonym)])
    }
}
