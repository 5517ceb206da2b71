import Licensing

/// Issued documents, sealed.
enum LicenseDocumentTable {
    static func insert(
        _ document: SealedDocument, of number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO license_document (number, format, sealed, digest) VALUES (?, ?, ?, ?)",
            [
                SQLValue(number.description), SQLValue(document.format.rawValue), .blob(document.sealed),
                SQLValue(document.digest),
            ])
    }

    static func find(
        _ number: LicenseNumber, format: LicenseType.Format, _ connection: any SQLConnection
    ) throws(StoreFault) -> SealedDocument? {
        let row = try connection.row(
            "SELECT sealed, digest FROM license_document WHERE number = ? AND format = ?",
            [SQLValue(number.description), SQLValue(format.rawValue)])
        guard let row else { return nil }
        return SealedDocument(format: format, sealed: try row.blob(0), digest: try row.digest(1))
    }
}
