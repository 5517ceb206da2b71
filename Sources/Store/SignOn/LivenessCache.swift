import Identity
import Primitives
import Synchronization

/// Grants found live a moment ago, so that introspection seldom asks the database.
///
/// Only "live" is kept, never "dead". The one writer of this process takes out what it ended before it answers; what
/// another process committed is noticed by the database's data version, asked for on the writing connection, where
/// own commits do not move it. An answer is never older than `oldest` against other processes.
final class LivenessCache: Sendable {
    /// A grant of which nothing but time can make it dead unnoticed.
    struct Kept: Sendable {
        let live: LiveGrant
        /// First moment at which its session may be over; `nil` for an offline grant.
        let sessionLimit: Instant?
    }

    /// What one read of the database found.
    struct Found: Sendable {
        let isRevoked: Bool
        /// All revoked tokens, where they were asked for and are few enough.
        let revoked: Revoked?
        let grant: Kept?
    }

    enum Revoked: Sendable {
        /// Hashes under this process's own seed: 8 bytes each. What is not among them is not revoked.
        case known(Set<Int>)
        /// Too many to keep.
        case many
    }

    private struct State {
        var grants: [Identifier<Grant>: Kept] = [:]
        /// Many more, for who only asks whether, or whose.
        var live = LiveGrants()
        var revoked: Revoked?
        /// Counts what was taken out: a read that began before must not put it back.
        var round = 0
        var version: Int?
        var checkedAt: ContinuousClock.Instant?
        var isChecking = false
    }

    /// Grants with their accounts, about a thousand bytes each. Three quarters of a power of two: with more a dictionary doubles.
    private static let keptGrants = 3 << 9
    private static let keptTokens = 100_000
    /// From this age on the version is asked for again, while answers go on.
    private static let fresh = Duration.milliseconds(200)
    private static let oldest = Duration.milliseconds(700)

    private let state = Mutex(State())

    var round: Int { state.withLock { $0.round } }
    var needsRevokedTokens: Bool { state.withLock { $0.revoked == nil } }

    /// - Parameter check: has `noteVersion` called soon.
    func find(
        _ grant: Identifier<Grant>, token jti: String, at instant: Instant, check: () -> Void
    ) -> LiveGrant? {
        guard let kept = look(jti, check: check, { $0.grants[grant] }),
            kept.sessionLimit.map({ instant < $0 }) ?? true
        else { return nil }
        return kept.live
    }

    func holder(
        _ grant: Identifier<Grant>, token jti: String, at instant: Instant, check: () -> Void
    ) -> GrantHolder? {
        look(jti, check: check) { $0.live.account(of: grant, at: instant) }.map { GrantHolder(account: $0, grant: nil) }
    }

    func isKnownLive(_ grant: Identifier<Grant>, token jti: String, at instant: Instant, check: () -> Void) -> Bool {
        look(jti, check: check) { $0.live.contains(grant, at: instant) } ?? false
    }

    func isKnownUnrevoked(_ jti: String, check: () -> Void) -> Bool {
        look(jti, check: check) { _ in true } ?? false
    }

    /// What `find` finds; `nil` also when what is kept may be too old, or the token may be revoked.
    private func look<Found: Sendable>(
        _ jti: String, check: () -> Void, _ find: (borrowing State) -> Found?
    ) -> Found? {
        let (found, mustCheck): (Found?, Bool) = state.withLock { state in
            let (isUsable, mustCheck) = LivenessCache.age(&state)
            let mayTell = isUsable && !LivenessCache.mayBeRevoked(jti, state)
            return (mayTell ? find(state) : nil, mustCheck)
        }
        if mustCheck { check() }
        return found
    }

    private static func age(_ state: inout State) -> (isUsable: Bool, mustCheck: Bool) {
        let age = state.checkedAt.map { ContinuousClock.now - $0 }
        let mustCheck = !state.isChecking && age.map { $0 > fresh } ?? true
        if mustCheck { state.isChecking = true }
        return (age.map { $0 < oldest } ?? false, mustCheck)
    }

    private static func mayBeRevoked(_ jti: String, _ state: borrowing State) -> Bool {
        if case .known(let hashes) = state.revoked { hashes.contains(jti.hashValue) } else { true }
    }

    /// Keeps what a read found.
    ///
    /// - Parameter round: as it was before the read.
    func keep(_ found: Found, _ round: Int) {
        state.withLock { state in
            guard state.round == round else { return }
            if let revoked = found.revoked { state.revoked = revoked }
            if let kept = found.grant { LivenessCache.keep(kept, &state) }
        }
    }

    /// What is kept of a grant that a statement of this very transaction found live; only for the writer. It has looked at the
    /// version since the transaction began, and no change of its own alters a live grant or what is told of its account.
    func kept(_ grant: Identifier<Grant>) -> Kept? {
        state.withLock { $0.grants[grant] }
    }

    /// Called after the commit that found it live, on the thread of the writer, where what ends it comes later.
    func found(_ kept: Kept) {
        state.withLock { LivenessCache.keep(kept, &$0) }
    }

    private static func keep(_ kept: Kept, _ state: inout State) {
        let id = kept.live.grant.id
        if state.grants.count >= keptGrants, state.grants[id] == nil { state.grants.removeAll(keepingCapacity: true) }
        state.grants[id] = kept
        state.live.insert(kept.live, until: kept.sessionLimit)
    }

    /// Called after the commit that ended them and before its answer.
    func forget(_ grants: [Identifier<Grant>]) {
        guard !grants.isEmpty else { return }
        state.withLock { state in
            state.round += 1
            for grant in grants {
                state.grants[grant] = nil
                state.live.remove(grant)
            }
        }
    }

    /// Called after the commit that revoked it and before its answer.
    func revoke(_ jti: String) {
        state.withLock { state in
            state.round += 1
            guard case .known(var hashes) = state.revoked else { return }
            state.revoked = nil
            hashes.insert(jti.hashValue)
            state.revoked = hashes.count > LivenessCache.keptTokens ? .many : .known(hashes)
        }
    }

    /// Called after revoked tokens were cleaned away.
    func cleanedRevoked() {
        state.withLock { state in
            state.round += 1
            state.revoked = nil
        }
    }

    /// - Parameters:
    ///   - version: the data version of the writing connection.
    ///   - instant: before it was read.
    func noteVersion(_ version: Int, at instant: ContinuousClock.Instant) {
        state.withLock { state in
            if state.version != version {
                state.grants.removeAll()
                state.live.removeAll()
                state.revoked = nil
                state.round += 1
            }
            (state.version, state.checkedAt, state.isChecking) = (version, instant, false)
        }
    }

    /// The version could not be read; somebody will have to ask again.
    func missedVersion() {
        state.withLock { $0.isChecking = false }
    }

    static func revokedTokens(_ connection: any SQLConnection) throws -> Revoked {
        let tokens = try RevokedTokenTable.all(limit: keptTokens + 1, connection)
        return tokens.count > keptTokens ? .many : .known(Set(tokens.map(\.hashValue)))
    }
}
