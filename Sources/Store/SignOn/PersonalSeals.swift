import Identity
import Primitives
import Synchronization

/// Seals and opens what the tables of sign-on hold of persons.
///
/// Opening an account costs as much as all else of a token, so the latest ones are kept open. A kept one counts only for
/// the very bytes it was opened from, whoever wrote the row since.
final class PersonalSeals: Sendable {
    /// Some hundred bytes each.
    private static let keptAccounts = 2_048

    let sealing: any Sealing
    private let opened = Mutex<[Identifier<Account>: (sealed: [UInt8], record: PersonalRecord)]>([:])

    init(sealing: any Sealing) {
        self.sealing = sealing
    }

    /// How a login is found again; compared byte by byte, so not normalised.
    func lookup(login: String) -> Digest {
        sealing.lookupValue(of: Secret(Array(login.utf8)), purpose: "account-login")
    }

    func seal(_ account: Account, login: String) throws -> [UInt8] {
        let record = PersonalRecord(login: login, profile: account.profile, proofings: account.proofings)
        return try sealing.seal(record.encoded, context: PersonalRecord.context(of: account.id))
    }

    func account(_ row: AccountTable.Row) throws -> Account {
        let record = try record(of: row.id, row.sealed)
        return Account(
            id: row.id, kind: row.kind, profile: record.profile, assurance: row.assurance,
            proofings: record.proofings, roles: row.roles, isDisabled: row.isDisabled,
            namingVersion: row.namingVersion, createdAt: row.createdAt, updatedAt: row.updatedAt)
    }

    private func record(of id: Identifier<Account>, _ sealed: [UInt8]) throws -> PersonalRecord {
        if let known = opened.withLock({ $0[id] }), known.sealed == sealed { return known.record }
        let bytes = try sealing.open(sealed, context: PersonalRecord.context(of: id))
        guard let record = PersonalRecord(encoded: bytes) else {
            throw StoreFault.corrupted("the personal data of an account are not understood")
        }
        opened.withLock { opened in
            if opened.count >= PersonalSeals.keptAccounts { opened.removeAll(keepingCapacity: true) }
            opened[id] = (sealed, record)
        }
        return record
    }

    func sealOneTimePasswordSecret(_ secret: Secret, of id: Identifier<Account>) throws -> [UInt8] {
        try sealing.seal(secret, context: "account-totp/\(id)")
    }

    func openOneTimePasswordSecret(_ sealed: [UInt8], of id: Identifier<Account>) throws -> Secret {
        try sealing.open(sealed, context: "account-totp/\(id)")
    }

    func sealDevice(of session: Session) throws -> [UInt8] {
        try sealing.seal(Secret(Array(session.device.utf8)), context: "session/\(session.id)")
    }

    func session(_ row: SessionTable.Row) throws -> Session {
        let session = row.session
        let device = try sealing.open(row.sealedDevice, context: "session/\(session.id)")
        return Session(
            id: session.id, accountID: session.accountID, secretHash: session.secretHash, level: session.level,
            device: String(decoding: device.exposedBytes, as: UTF8.self), createdAt: session.createdAt,
            lastSeenAt: session.lastSeenAt, idleUntil: session.idleUntil, expiresAt: session.expiresAt,
            endedAt: session.endedAt)
    }

    /// `nil` where nothing was asked of single claims.
    func sealClaims(of grant: Grant) throws -> [UInt8]? {
        if grant.claims.isEmpty { return nil }
        return try sealing.seal(Secret(Array(grant.claims.json.utf8)), context: "grant-claims/\(grant.id)")
    }

    func grant(_ row: GrantTable.Row) throws -> Grant {
        guard let sealed = row.sealedClaims else { return row.grant }
        let grant = row.grant
        let opened = try sealing.open(sealed, context: "grant-claims/\(grant.id)")
        guard let claims = ClaimsRequest(parsing: String(decoding: opened.exposedBytes, as: UTF8.self)) else {
            throw StoreFault.corrupted("the claims request of a grant is not understood")
        }
        return Grant(
            id: grant.id, accountID: grant.accountID, portalID: grant.portalID, sessionID: grant.sessionID,
            scopes: grant.scopes, resources: grant.resources, claims: claims, subject: grant.subject,
            level: grant.level, isOffline: grant.isOffline, createdAt: grant.createdAt, expiresAt: grant.expiresAt,
            endedAt: grant.endedAt)
    }

    func sealRequest(_ request: PushedRequest) throws -> [UInt8] {
        try sealing.seal(Secret(request.request), context: "pushed-request/\(request.hash)")
    }

    func openRequest(_ sealed: [UInt8], hash: Digest) throws -> [UInt8] {
        try sealing.open(sealed, context: "pushed-request/\(hash)").exposedBytes
    }
}
