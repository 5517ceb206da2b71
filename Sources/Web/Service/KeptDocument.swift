import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Primitives
import Synchronization

/// A document that is the same for everybody, as it goes out: written anew at most once a second, because keys turn over
/// while the service runs.
final class KeptDocument: Sendable {
    struct Kept: Sendable {
        /// With every header, as bytes.
        let answer: ByteBuffer
        let body: ByteBuffer
        let tag: String
        let writtenAt: Instant
    }

    /// Seconds that others may keep the answer: far less than a key is published before it signs.
    static let freshness = 300
    /// The `Date` header is as old as the document.
    private static let lifetime: Int64 = 1

    private let clock: any Clock
    private let hashing: any Hashing
    private let security: SecurityHeaders
    private let write: @Sendable () -> JSONObject
    private let kept = Mutex<Kept?>(nil)

    init(_ signOn: SignOn, write: @escaping @Sendable () -> JSONObject) {
        (clock, hashing, self.write) = (signOn.clock, signOn.hashing, write)
        security = SecurityHeaders(issuerURL: signOn.directory.issuer)
    }

    func current() -> Kept {
        let now = clock.now()
        return kept.withLock { kept in
            if let kept, kept.writtenAt <= now, now < kept.writtenAt.adding(seconds: Self.lifetime) { return kept }
            let fresh = fresh(at: now)
            kept = fresh
            return fresh
        }
    }

    /// Answered by the long way, where a tag or HEAD is looked at.
    func response(for request: Request) -> Response {
        let kept = current()
        return .cached(
            kept.body, type: "application/json", tag: kept.tag, seconds: KeptDocument.freshness, for: request)
    }

    private func fresh(at now: Instant) -> Kept {
        let bytes = JSONValue.object(write()).compactBytes
        let tag = Base64.encodeURL(Array(hashing.sha256(bytes).bytes.prefix(12)))
        var headers = HTTPFields.cached(type: "application/json", tag: tag, seconds: KeptDocument.freshness)
        OAuthRoute.allowOrigins(&headers)
        security.add(to: &headers)
        headers[.date] = HTTPDate(now).text
        let body = ByteBuffer(bytes: bytes)
        let whole = WholeAnswer(head: HTTPResponse(status: .ok, headerFields: headers), body: body)
        var answer = ByteBuffer()
        whole.write(to: &answer)
        return Kept(answer: answer, body: body, tag: tag, writtenAt: now)
    }
}
