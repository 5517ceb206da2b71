import Hummingbird
import Identity
import Primitives
import Synchronization

/// What portals read before anything else: discovery and keys.
struct DiscoveryRoutes: Sendable {
    let desk: SignOnDesk

    /// Seconds that others may keep the answers: far less than a key is published before it signs.
    private static let freshness = 300

    var routes: [Route] {
        let discovery = desk.operations.discovery
        let document = KeptDocument(desk.signOn) { discovery.document }
        let keySet = KeptDocument(desk.signOn) { discovery.keySet }
        return route("/.well-known/openid-configuration", document)
            + route("/.well-known/oauth-authorization-server", document) + route("/jwks", keySet)
    }

    private func route(_ path: String, _ document: KeptDocument) -> [Route] {
        let get = OAuthRoute.route(.get, path, .anyone, isForBrowsers: true) { request, _ in
            let (body, tag) = document.current()
            return .cached(
                body, type: "application/json", tag: tag, seconds: DiscoveryRoutes.freshness, for: request)
        }
        return [get, OAuthRoute.preflight(path)]
    }
}

/// A document that is written anew at most once a second, because keys turn over while the service runs.
private final class KeptDocument: Sendable {
    private struct Kept {
        let body: ByteBuffer
        let tag: String
        let writtenAt: Instant
    }

    private static let lifetime: Int64 = 1

    private let clock: any Clock
    private let hashing: any Hashing
    private let write: @Sendable () -> JSONObject
    private let kept = Mutex<Kept?>(nil)

    init(_ signOn: SignOn, write: @escaping @Sendable () -> JSONObject) {
        (clock, hashing, self.write) = (signOn.clock, signOn.hashing, write)
    }

    func current() -> (body: ByteBuffer, tag: String) {
        let now = clock.now()
        return kept.withLock { kept in
            if let kept, kept.writtenAt <= now, now < kept.writtenAt.adding(seconds: Self.lifetime) {
                return (kept.body, kept.tag)
            }
            let bytes = Array(JSONValue.object(write()).compactText.utf8)
            let tag = Base64.encodeURL(Array(hashing.sha256(bytes).bytes.prefix(12)))
            let fresh = Kept(body: ByteBuffer(bytes: bytes), tag: tag, writtenAt: now)
            kept = fresh
            return (fresh.body, fresh.tag)
        }
    }
}
