package import Identity
package import JOSE
package import Primitives
import Synchronization

/// The token-signing keys in use. Follows a rotation by another process: the state file is looked at when keys are asked
/// for, at most twice a second.
package final class OpenTokenKeys: TokenKeys, Sendable {
    private struct State {
        var ring: TokenKeyRing
        var stamp: FileStamp?
        var lookedAt: ContinuousClock.Instant
        var isWarm = false
    }

    private let reader: FolderReader
    private let clock: any Clock
    private let pause: Duration
    private let state: Mutex<State>

    /// - Parameter pause: between two looks at the state file.
    /// - Throws: `KeyFolderFault`, also when an algorithm has no active key.
    init(
        _ reader: FolderReader, algorithms: Set<SignatureAlgorithm>, clock: any Clock,
        pause: Duration = .milliseconds(500)
    ) throws {
        (self.reader, self.clock, self.pause) = (reader, clock, pause)
        let stamp = FileStamp(reader.layout.tokenKeyList.path)
        let ring = try TokenKeyRing(try reader.layout.readTokenKeyList(), reader: reader, reusing: [:])
        for algorithm in algorithms where ring.active(algorithm) == nil {
            throw reader.layout.tokenKeyList.fault(
                "tells of no active key for \(algorithm.rawValue); `chancery init` makes what is not there")
        }
        state = Mutex(State(ring: ring, stamp: stamp, lookedAt: .now))
    }

    package func active(_ algorithm: SignatureAlgorithm) throws -> TokenSigner {
        guard let material = ring().active(algorithm) else {
            throw reader.layout.tokenKeyList.fault("tells of no active key for \(algorithm.rawValue)")
        }
        return try material.signer()
    }

    package func published() -> [JWK] { ring().published(at: clock.now()) }

    package func publicKey(_ keyID: String) -> JWK? { ring().publicKey(keyID, at: clock.now()) }

    /// Opens the keys on a thread of its own, now and after each rotation, so that no request waits for a passphrase to
    /// be stretched.
    package func warmUp() {
        let ring = state.withLock { state in
            state.isWarm = true
            return state.ring
        }
        OpenTokenKeys.open(ring)
    }

    private static func open(_ ring: TokenKeyRing) {
        // Where there is no thread, or a key does not open, the first to sign finds out.
        _ = OwnThread.start {
            for material in ring.materials.values { _ = try? material.signer() }
        }
    }

    private func ring() -> TokenKeyRing {
        state.withLock { state in
            guard state.lookedAt.duration(to: .now) >= pause else { return state.ring }
            state.lookedAt = .now
            let stamp = FileStamp(reader.layout.tokenKeyList.path)
            guard let stamp, stamp != state.stamp else { return state.ring }
            // A file that cannot be used is tried again at the next look; until then the keys at hand go on.
            if let list = try? reader.layout.readTokenKeyList(),
                let ring = try? TokenKeyRing(list, reader: reader, reusing: state.ring.materials)
            {
                (state.ring, state.stamp) = (ring, stamp)
                if state.isWarm { OpenTokenKeys.open(ring) }
            }
            return state.ring
        }
    }
}
