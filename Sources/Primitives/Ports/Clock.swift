/// Where operations get the time; rules take an `Instant` instead.
package protocol Clock: Sendable {
    func now() -> Instant
}

/// A clock that stands still, for rules evaluated at a chosen time.
package struct FixedClock: Clock {
    package let instant: Instant

    package init(_ instant: Instant) {
        self.instant = instant
    }

    package func now() -> Instant { instant }
}
