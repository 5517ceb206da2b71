import Audit
import Identity
import Primitives
import Synchronization

/// Every book of sign-on in memory: the rules of the ports as a store must keep them, one call one step.
final class MemoryBooks: SignOnBooks {
    struct StoredAccount {
        var account: Account
        var login: String
        var passwordHash: String
        var secret: Secret?
        var lastStep: Int64 = -1
        var recoveryCodes: Set<Digest> = []
    }

    struct StoredCode {
        var code: AuthorizationCode
        var isSpent = false
    }

    struct StoredDevice {
        enum Answer {
            case none
            case denied
            case allowed(Identifier<Grant>)
            case redeemed
        }

        var request: DeviceRequest
        var answer: Answer = .none
        var lastPoll: Instant?
        var extraInterval: Int64 = 0
    }

    struct State {
        var accounts: [Identifier<Account>: StoredAccount] = [:]
        var sessions: [Identifier<Session>: Session] = [:]
        var grants: [Identifier<Grant>: Grant] = [:]
        var codes: [Digest: StoredCode] = [:]
        var families: [Identifier<RefreshFamily>: RefreshFamily] = [:]
        var revoked: [String: Instant] = [:]
        var spent: [String: Instant] = [:]
        var pushed: [Digest: PushedRequest] = [:]
        var devices: [Digest: StoredDevice] = [:]
        var notices: [LogoutNotice] = []
        var counts: [Digest: (began: Instant, count: Int)] = [:]
        var acknowledgements: [Acknowledgement] = []
        var history: [HistoryEntry] = []
        var entries: [AuditEntry] = []
    }

    private let state = Mutex(State())

    /// One step: nothing else happens meanwhile.
    func step<Value: Sendable>(_ body: (inout State) throws -> Value) rethrows -> Value {
        try state.withLock { state throws -> Value in try body(&state) }
    }

    /// The audit log so far.
    var entries: [AuditEntry] { step { $0.entries } }

    func append(_ entry: AuditEntry) async throws {
        step { $0.entries.append(entry) }
    }
}

extension MemoryBooks.State {
    func isLive(_ session: Session, at: Instant) -> Bool {
        session.isLive(at: at) && accounts[session.accountID]?.account.isDisabled == false
    }

    /// The grant and its account when the grant is live.
    func live(_ id: Identifier<Grant>, at: Instant) -> LiveGrant? {
        guard let grant = grants[id], grant.endedAt == nil, let account = accounts[grant.accountID]?.account,
            !account.isDisabled
        else { return nil }
        if !grant.isOffline {
            guard let session = grant.sessionID.flatMap({ sessions[$0] }), isLive(session, at: at) else { return nil }
        }
        return LiveGrant(grant: grant, account: account)
    }

    mutating func end(_ id: Identifier<Grant>, at: Instant) {
        if let grant = grants[id], grant.endedAt == nil { grants[id] = grant.ended(at: at) }
    }

    mutating func touch(_ id: Identifier<Session>, idleUntil: Instant, at: Instant) {
        guard let session = sessions[id], isLive(session, at: at) else { return }
        sessions[id] = session.changed(lastSeenAt: at, idleUntil: max(idleUntil, session.idleUntil))
    }
}

extension Grant {
    func ended(at: Instant) -> Grant {
        Grant(
            id: id, accountID: accountID, portalID: portalID, sessionID: sessionID, scopes: scopes,
            resources: resources, claims: claims, subject: subject, level: level, isOffline: isOffline,
            createdAt: createdAt, expiresAt: expiresAt, endedAt: at)
    }
}

extension Session {
    func changed(
        secretHash: Digest? = nil, level: AuthenticationLevel? = nil, lastSeenAt: Instant, idleUntil: Instant? = nil,
        endedAt: Instant? = nil
    ) -> Session {
        Session(
            id: id, accountID: accountID, secretHash: secretHash ?? self.secretHash, level: level ?? self.level,
            device: device, createdAt: createdAt, lastSeenAt: lastSeenAt, idleUntil: idleUntil ?? self.idleUntil,
            expiresAt: expiresAt, endedAt: endedAt ?? self.endedAt)
    }
}

extension RefreshFamily {
    func changed(
        generation: Int? = nil, rotatedAt: Instant? = nil, idleUntil: Instant? = nil, endedAt: Instant? = nil
    ) -> RefreshFamily {
        RefreshFamily(
            id: id, grantID: grantID, portalID: portalID, generation: generation ?? self.generation,
            keyThumbprint: keyThumbprint, createdAt: createdAt, rotatedAt: rotatedAt ?? self.rotatedAt,
            idleUntil: idleUntil ?? self.idleUntil, expiresAt: expiresAt, endedAt: endedAt ?? self.endedAt)
    }
}

extension Account {
    var disabled: Account {
        Account(
            id: id, kind: kind, profile: profile, assurance: assurance, proofings: proofings, roles: roles,
            isDisabled: true, namingVersion: namingVersion, createdAt: createdAt, updatedAt: updatedAt)
    }
}
