import Identity
import Primitives

/// The token-signing keys of all algorithms, and how they change state. At most one is `next` and one `active` for each.
struct TokenKeyList: Hashable, Sendable {
    /// Of an algorithm; more than these would make `/jwks` large, and something rotates in a loop.
    static let maximumRetiring = 32
    /// Kept of an algorithm, for people.
    static let maximumGone = 4

    /// By algorithm, then by generation.
    private(set) var records: [TokenKeyRecord] = []

    init() {}

    init(_ records: [TokenKeyRecord]) {
        self.records = records.sorted {
            ($0.algorithm.rawValue, $0.generation) < ($1.algorithm.rawValue, $1.generation)
        }
    }

    var algorithms: Set<SignatureAlgorithm> { Set(records.map(\.algorithm)) }

    func record(_ algorithm: SignatureAlgorithm, _ state: KeyState) -> TokenKeyRecord? {
        records.last { $0.algorithm == algorithm && $0.state == state }
    }

    func newestGeneration(_ algorithm: SignatureAlgorithm) -> Int {
        records.last { $0.algorithm == algorithm }?.generation ?? 0
    }

    /// When the last list without the next key is forgotten; `nil` where the active key came with it and no such list was.
    func nextKnownAt(_ algorithm: SignatureAlgorithm) -> Instant? {
        guard let next = record(algorithm, .next), let active = record(algorithm, .active),
            next.publishedAt > active.publishedAt
        else { return nil }
        return next.publishedAt.adding(seconds: TokenKeyTimes.publishedMaximumAge)
    }

    mutating func add(_ record: TokenKeyRecord) {
        self = TokenKeyList(records + [record])
    }

    /// Keys whose time is over go.
    mutating func settle(at: Instant) {
        change { record in
            if record.state == .retiring, !record.isPublished(at: at) { record.state = .gone }
        }
        for algorithm in algorithms {
            let gone = records.filter { $0.algorithm == algorithm && $0.state == .gone }
            let forgotten = Set(gone.dropLast(TokenKeyList.maximumGone))
            records.removeAll { forgotten.contains($0) }
        }
    }

    /// active → retiring, next → active.
    ///
    /// - Parameter goneAt: of the key that stops signing.
    mutating func rotate(_ algorithm: SignatureAlgorithm, at: Instant, goneAt: Instant) {
        change { record in
            guard record.algorithm == algorithm else { return }
            switch record.state {
            case .next: (record.state, record.activeAt) = (.active, at)
            case .active: (record.state, record.retiredAt, record.goneAt) = (.retiring, at, goneAt)
            case .retiring, .gone: break
            }
        }
    }

    /// An algorithm that no portal asks for any more: active → retiring, next → gone.
    mutating func retire(_ algorithm: SignatureAlgorithm, at: Instant, goneAt: Instant) {
        change { record in
            guard record.algorithm == algorithm else { return }
            switch record.state {
            case .next: (record.state, record.retiredAt) = (.gone, at)
            case .active: (record.state, record.retiredAt, record.goneAt) = (.retiring, at, goneAt)
            case .retiring, .gone: break
            }
        }
    }

    private mutating func change(_ body: (inout TokenKeyRecord) -> Void) {
        for index in records.indices { body(&records[index]) }
    }
}
