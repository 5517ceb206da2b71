package import Licensing
package import Primitives
import Synchronization

/// Signed status lists, signed again only when the register changed or the last one grows old.
///
/// A change shows within half a second; between two looks at the register everybody gets the same text.
package final class SignedStatusLists: Sendable {
    package struct Signed: Sendable {
        package let text: String
        /// Equal tags mean equal texts.
        package let tag: String
    }

    private struct Kept {
        let signed: Signed
        let version: Int
        let signedAt: Instant
        var lookedAt: Instant
    }

    private static let lookAgainAfterMilliseconds: Int64 = 500
    private static let signAgainAfterSeconds: Int64 = 60

    private let publisher: StatusListPublisher
    private let register: any LicenseRegister
    private let kept = Mutex<[Int: Kept]>([:])

    package init(publisher: StatusListPublisher, register: any LicenseRegister) {
        (self.publisher, self.register) = (publisher, register)
    }

    /// The list by its number; `nil` when there is none.
    package func list(_ number: Int, at now: Instant) async throws -> Signed? {
        let last = kept.withLock { $0[number] }
        if let last, age(last.lookedAt, now) < Self.lookAgainAfterMilliseconds { return last.signed }
        if let last, age(last.signedAt, now) < Self.signAgainAfterSeconds * 1000,
            try await register.statusList(number)?.version == last.version
        {
            kept.withLock { $0[number]?.lookedAt = now }
            return last.signed
        }
        guard let (text, version) = try await publisher.token(list: number, at: now) else { return nil }
        let signed = Signed(text: text, tag: "\(number)-\(version)-\(now.secondsSinceEpoch)")
        kept.withLock { $0[number] = Kept(signed: signed, version: version, signedAt: now, lookedAt: now) }
        return signed
    }

    /// Milliseconds; a clock that went back counts as long ago.
    private func age(_ then: Instant, _ now: Instant) -> Int64 {
        let (age, overflow) = now.millisecondsSinceEpoch.subtractingReportingOverflow(then.millisecondsSinceEpoch)
        return overflow || age < 0 ? .max : age
    }
}
