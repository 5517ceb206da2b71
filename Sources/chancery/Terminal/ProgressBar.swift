import Glibc
import Primitives
import Synchronization

/// One line on a terminal that tells how far long work is, how fast, and how long it will take; silent when piped.
final class ProgressBar: Sendable {
    private struct State {
        var done = 0
        var fraction = 0.0
        var drawnAt: Instant?
    }

    private static let width = 30
    private static let redrawAfterMilliseconds: Int64 = 200

    private let what: String
    private let clock: any Clock
    private let startedAt: Instant
    private let isShown = Terminal.showsProgress
    private let state = Mutex(State())

    init(_ what: String, clock: any Clock) {
        (self.what, self.clock) = (what, clock)
        startedAt = clock.now()
    }

    /// - Parameter fraction: of the input consumed, 0 to 1.
    func advance(by count: Int = 1, fraction: Double) {
        guard isShown else { return }
        let now = clock.now()
        let line: String? = state.withLock { state in
            state.done += count
            state.fraction = max(state.fraction, min(1, fraction))
            if let last = state.drawnAt, elapsed(last, now) < Self.redrawAfterMilliseconds { return nil }
            state.drawnAt = now
            return text(state, at: now)
        }
        if let line { Terminal.put("\r\u{1B}[K" + line, to: STDERR_FILENO) }
    }

    /// Clears the line.
    func finish() {
        if isShown { Terminal.put("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private func text(_ state: State, at now: Instant) -> String {
        let seconds = Double(elapsed(startedAt, now)) / 1000
        let filled = Int(state.fraction * Double(Self.width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        let rate = seconds > 0 ? Int(Double(state.done) / seconds) : 0
        var line = "\(bar) \(Int(state.fraction * 100)) %  \(state.done) \(what)  \(rate)/s"
        if state.fraction > 0.01 { line += "  \(Int(seconds / state.fraction * (1 - state.fraction)) + 1) s left" }
        return line
    }

    private func elapsed(_ from: Instant, _ to: Instant) -> Int64 {
        max(0, to.millisecondsSinceEpoch - from.millisecondsSinceEpoch)
    }
}
