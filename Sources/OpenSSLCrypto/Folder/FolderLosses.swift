/// Tells a first run, or one that was cut off, from a folder that has lost something: things are made in one order, so
/// what is missing before something that is there was there once.
struct FolderLosses {
    let layout: KeyFolderLayout

    /// - Throws: when a file is gone that cannot be made again without harm.
    func check() throws(KeyFolderFault) {
        let files = [
            layout.passphrase, layout.dataKey, layout.auditLogKey, layout.rootKey, layout.rootCertificate,
            layout.key(KeyUse.issuingAuthority.stem),
        ]
        let known = files.map(\.path)
        let others = try layout.privateFolder.names(ending: ".key").filter {
            !known.contains("\(layout.privateFolder.path)/\($0)")
        }
        let certificates = try layout.certificateFolder.names(ending: ".pem")
        var isLaterThere = !others.isEmpty || !certificates.isEmpty
        for file in files.reversed() {
            if file.isThere {
                isLaterThere = true
            } else if isLaterThere {
                throw file.fault("is missing, although what was made after it is there; put it back from a backup")
            }
        }
        if layout.tokenKeyList.isThere, !layout.sectorKey(version: 1).isThere {
            throw layout.sectorKey(version: 1).fault(
                "is missing, and a new one would rename every account; put it back from a backup")
        }
        if layout.auditLogPublicKey.isThere, !layout.auditLogKey.isThere {
            throw layout.auditLogKey.fault(
                "is missing, although \(layout.auditLogPublicKey.path) belongs to it; put it back from a backup")
        }
    }
}
