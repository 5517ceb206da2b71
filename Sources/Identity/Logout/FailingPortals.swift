import Synchronization

/// Portals whose last attempt failed; as many as there are in the directory at most.
final class FailingPortals: Sendable {
    private let standings = Mutex<[String: Bool]>([:])

    /// `nil`: none was made since the service began.
    func contains(_ portalID: String) -> Bool? {
        standings.withLock { $0[portalID] }
    }

    func note(_ portalID: String, isFailing: Bool) {
        standings.withLock { $0[portalID] = isFailing }
    }
}
