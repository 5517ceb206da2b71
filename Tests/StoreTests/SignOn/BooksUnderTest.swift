import Audit
import Identity
import OpenSSLCrypto
import Primitives
import Testing

@testable import Store

/// Books of sign-on to be tried, and what is needed beside the ports to see their audit log.
struct BooksUnderTest: Sendable {
    static let start = Instant(secondsSinceEpoch: 1_800_000_000)
    static let randomness = OpenSSLRandomness()

    let books: any SignOnBooks
    /// Words of the events in the log, oldest first.
    let events: @Sendable () async throws -> [String]

    static func after(_ seconds: Int64) -> Instant { start.adding(seconds: seconds) }

    static func digest() throws -> Digest { try #require(Digest(randomness.bytes(32))) }

    static func entry(_ event: AuditEvent) -> AuditEntry {
        AuditEntry(event, at: start, department: "market", actor: "portal")
    }

    static func account(
        _ id: Identifier<Account> = Identifier(from: randomness), name: String = "王小明"
    ) -> Account {
        Account(
            id: id, kind: .person,
            profile: Profile(
                name: name, givenName: "小明", familyName: "王", email: "wang@example.org", isEmailVerified: true,
                phone: "+86 10 1234", address: "示例路 1 号", idType: "111", id: "11010519491231002X"),
            assurance: .substantial,
            proofings: [
                Proofing(level: .substantial, at: start, source: "operator", method: "entered-by-operator")
            ],
            roles: [DepartmentRole("market", .maker), DepartmentRole("food", .auditor)], namingVersion: 3,
            createdAt: start, updatedAt: Instant(millisecondsSinceEpoch: start.millisecondsSinceEpoch + 7))
    }

    func add(login: String = "wang") async throws -> Account {
        let account = BooksUnderTest.account()
        try await books.add(
            account, login: login, passwordHash: "$scrypt$x", entries: [BooksUnderTest.entry(.accountAdded)])
        return account
    }

    /// A session with an idle limit of half an hour and an absolute one of an hour.
    static func session(of account: Account, at: Instant = start) throws -> Session {
        Session(
            id: Identifier(from: randomness), accountID: account.id, secretHash: try digest(),
            level: AuthenticationLevel(acr: .low, amr: ["pwd"], at: at), device: "Browser 1", createdAt: at,
            lastSeenAt: at, idleUntil: at.adding(seconds: 1800), expiresAt: at.adding(seconds: 3600))
    }

    static func line(_ account: Account, at: Instant = start) -> HistoryEntry {
        HistoryEntry(accountID: account.id, at: at, event: .signedIn(device: "Browser 1", amr: ["pwd"]))
    }

    func signIn(_ account: Account, at: Instant = start) async throws -> Session {
        let session = try BooksUnderTest.session(of: account, at: at)
        let isOpen = try await books.open(
            session, history: BooksUnderTest.line(account, at: at), entries: [BooksUnderTest.entry(.signedIn)])
        #expect(isOpen)
        return session
    }

    static func grant(
        _ account: Account, _ session: Session?, portal: String = "shop", isOffline: Bool = false,
        claims: ClaimsRequest = .none, at: Instant = start
    ) -> Grant {
        Grant(
            id: Identifier(from: randomness), accountID: account.id, portalID: portal, sessionID: session?.id,
            scopes: ["openid", "profile"], resources: ["https://a.example", "https://b.example"], claims: claims,
            subject: "subject at \(portal)", level: AuthenticationLevel(acr: .low, amr: ["pwd", "otp"], at: at),
            isOffline: isOffline, createdAt: at, expiresAt: at.adding(seconds: 7200))
    }

    static func newGrant(
        _ grant: Grant, acknowledgement: Acknowledgement? = nil, sessionIdleUntil: Instant = after(1800)
    ) throws -> NewGrant {
        let code = AuthorizationCode(
            hash: try digest(), grantID: grant.id, portalID: grant.portalID, redirectURI: "https://shop.example/cb",
            challenge: "challenge", keyThumbprint: nil, nonce: "n-0", issuedAt: grant.createdAt,
            expiresAt: grant.createdAt.adding(seconds: 60))
        let line = HistoryEntry(
            accountID: grant.accountID, at: grant.createdAt,
            event: .dataSent(portalID: grant.portalID, data: ["openid", "profile"]))
        return NewGrant(
            grant: grant, code: code, acknowledgement: acknowledgement, history: line,
            sessionIdleUntil: sessionIdleUntil)
    }

    /// Stores a grant with its code.
    func open(_ grant: Grant) async throws -> AuthorizationCode {
        let new = try BooksUnderTest.newGrant(grant)
        let isOpen = try await books.open(new, entries: [BooksUnderTest.entry(.codeIssued)])
        #expect(isOpen)
        return new.code
    }

    static func family(of grant: Grant) -> RefreshFamily {
        RefreshFamily(
            id: Identifier(from: randomness), grantID: grant.id, portalID: grant.portalID, keyThumbprint: "key",
            createdAt: grant.createdAt, rotatedAt: grant.createdAt, idleUntil: grant.createdAt.adding(seconds: 3000),
            expiresAt: grant.createdAt.adding(seconds: 6000))
    }

    func redeem(
        _ code: AuthorizationCode, family: RefreshFamily? = nil, proof: OneTimeValue? = nil, at: Instant = after(10)
    ) async throws -> CodeOutcome {
        try await books.redeem(code: code.hash, at: at, proof: proof, family: family) { outcome in
            switch outcome {
            case .redeemed: [BooksUnderTest.entry(.tokenIssued)]
            case .replayed: [BooksUnderTest.entry(.codeReplayed)]
            case .dead: [BooksUnderTest.entry(.tokenRefused)]
            }
        }
    }

    /// A grant whose code was redeemed, with its refresh family.
    func granted(
        _ account: Account, _ session: Session, isOffline: Bool = false, portal: String = "shop"
    ) async throws -> (grant: Grant, family: RefreshFamily) {
        let grant = BooksUnderTest.grant(account, session, portal: portal, isOffline: isOffline)
        let family = BooksUnderTest.family(of: grant)
        let code = try await open(grant)
        guard case .redeemed = try await redeem(code, family: family) else {
            Issue.record("a fresh code is not redeemed")
            return (grant, family)
        }
        return (grant, family)
    }

    func refresh(
        _ family: RefreshFamily, _ generation: Int = 1, rotates: Bool = true, proof: OneTimeValue? = nil,
        at: Instant = after(20)
    ) async throws -> RefreshOutcome {
        let use = RefreshUse(
            family: family.id, generation: generation, rotates: rotates, grace: 10, at: at,
            idleUntil: at.adding(seconds: 3000), sessionIdleUntil: at.adding(seconds: 1800),
            proof: proof)
        return try await books.refresh(use) { outcome in
            switch outcome {
            case .refreshed: [BooksUnderTest.entry(.tokenRefreshed)]
            case .replayed: [BooksUnderTest.entry(.refreshReplayed)]
            case .dead: [BooksUnderTest.entry(.tokenRefused)]
            }
        }
    }

    static func proof() throws -> OneTimeValue { OneTimeValue(.dpopProof, try digest(), until: after(400)) }

    func isSpent(_ proof: OneTimeValue) async throws -> Bool {
        try await !books.spend(proof.kind, proof.value, until: proof.until)
    }

    func end(_ sessions: SessionsToEnd, at: Instant = after(30)) async throws -> [EndedSession] {
        try await books.end(sessions, at: at) { BooksUnderTest.effects($0, at: at) }
    }

    /// One notice for each portal reached, one entry for each session.
    static func effects(_ ended: [EndedSession], at: Instant) -> EndingEffects {
        let notices = ended.flatMap { ended in
            ended.reached.map { portal in
                LogoutNotice(
                    id: Identifier(from: randomness), portalID: portal.portalID, subject: portal.subject,
                    sessionID: ended.session.id, createdAt: at, nextAttemptAt: at)
            }
        }
        return EndingEffects(notices: notices, entries: ended.map { _ in entry(.sessionEnded) })
    }

    func isLive(_ grant: Grant, at: Instant = after(40)) async throws -> Bool {
        try await books.live(grant.id, token: "jti", at: at) != nil
    }
}

/// One thing that all books of sign-on must do, whatever they are made of.
struct BookClaim: Sendable, CustomTestStringConvertible {
    let sentence: String
    let check: @Sendable (BooksUnderTest) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (BooksUnderTest) async throws -> Void) {
        (self.sentence, self.check) = (sentence, check)
    }

    var testDescription: String { sentence }

    static let all = accounts + sessions + grants + refreshing + once + proofs + devices + past
}
