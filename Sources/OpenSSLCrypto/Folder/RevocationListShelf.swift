import Primitives
import Synchronization

/// The newest revocation list of each authority, kept in memory and beside the certificates.
final class RevocationListShelf: Sendable {
    private struct Entry {
        let der: [UInt8]
        let thisUpdate: Instant

        /// A list is used for half its life, so that a verifier has the other half to come back.
        func isFresh(at: Instant) -> Bool {
            let half = CertificateAuthority.revocationListLife / 2
            return thisUpdate <= at && at < thisUpdate.adding(seconds: half)
        }
    }

    private let layout: KeyFolderLayout
    private let issuers: [KeyUse: CertifiedKey]
    private let entries = Mutex<[KeyUse: Entry]>([:])

    init(layout: KeyFolderLayout, issuers: [KeyUse: CertifiedKey]) {
        (self.layout, self.issuers) = (layout, issuers)
    }

    func lists(at: Instant) throws -> [String: [UInt8]] {
        try entries.withLock { entries in
            var lists: [String: [UInt8]] = [:]
            for (use, issuer) in issuers {
                let entry = try fresh(use, issuer, among: entries, at: at)
                if entry.thisUpdate >= (entries[use] ?? entry).thisUpdate { entries[use] = entry }
                lists[use.stem] = entry.der
            }
            return lists
        }
    }

    private func fresh(
        _ use: KeyUse, _ issuer: CertifiedKey, among entries: [KeyUse: Entry], at: Instant
    ) throws -> Entry {
        if let entry = entries[use], entry.isFresh(at: at) { return entry }
        let file = layout.revocationList(use.stem)
        let stored = file.isThere ? try? file.read(limit: RevocationList.maximumLength) : nil
        if let stored, let list = RevocationList(stored), list.isSigned(by: issuer.stored.parsed) {
            let entry = Entry(der: stored, thisUpdate: list.thisUpdate)
            if entry.isFresh(at: at) { return entry }
        }
        let moment = Instant(secondsSinceEpoch: at.secondsSinceEpoch)
        let authority = try issuer.issuer(CertifiedKey.authorityAlgorithm, revocationListAddress: nil)
        let der = try authority.revocationList(of: [], at: moment)
        // A list for the past is an answer, not news. A folder that cannot be written costs a signature at the next
        // start, no more.
        if moment >= (entries[use]?.thisUpdate ?? moment) { try? file.write(der, replacing: true) }
        return Entry(der: der, thisUpdate: moment)
    }
}
