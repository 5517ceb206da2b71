import Primitives
import Synchronization

/// Access tokens in use with all they say, by the SHA-256 of their text: they need not be read again. Whether a token is still
/// good is asked every time.
///
/// Two generations: what was not asked for while the younger one filled up is forgotten.
final class VerifiedTokens: Sendable {
    struct Entry: Sendable {
        let token: AccessToken
        /// Of the key that signed it; a key that is no longer published speaks for nothing.
        let keyID: String
    }

    private struct Generations {
        var young: [Digest: Entry] = [:]
        var old: [Digest: Entry] = [:]
        /// Prefixes of tokens that came once, each in a place of its own until another takes it.
        var once = [UInt64](repeating: 0, count: VerifiedTokens.oncePlaces)
    }

    private static let oncePlaces = 4_096

    private let half: Int
    private let generations = Mutex(Generations())

    init(capacity: Int) {
        half = max(1, capacity / 2)
    }

    func entry(_ hash: Digest) -> Entry? {
        generations.withLock { generations in
            if let entry = generations.young[hash] { return entry }
            guard let entry = generations.old[hash] else { return nil }
            insert(entry, hash, &generations)
            return entry
        }
    }

    func insert(_ entry: Entry, _ hash: Digest) {
        generations.withLock { insert(entry, hash, &$0) }
    }

    /// Keeps a token that came once before lately. Where more are in use than there is room for, each would else push out
    /// another for nothing.
    func insertAtSecondSight(_ entry: Entry, _ hash: Digest) {
        let mark = hash.prefix
        let place = Int(mark % UInt64(VerifiedTokens.oncePlaces))
        generations.withLock { generations in
            if generations.once[place] == mark {
                insert(entry, hash, &generations)
            } else {
                generations.once[place] = mark
            }
        }
    }

    private func insert(_ entry: Entry, _ hash: Digest, _ generations: inout Generations) {
        if generations.young.count >= half {
            swap(&generations.old, &generations.young)
            generations.young.removeAll(keepingCapacity: true)
        }
        generations.young[hash] = entry
    }

    /// Entries kept now.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }
}
