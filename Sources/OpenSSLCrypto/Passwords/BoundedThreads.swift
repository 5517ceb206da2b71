import Synchronization

/// A few threads and a short queue: what does not fit is refused at once, so that a flood costs neither memory nor time.
///
/// A thread lives while there is work: starting one takes microseconds, the work of one password a tenth of a second.
final class BoundedThreads: Sendable {
    /// Exactly one of the two is called, once.
    struct Work: Sendable {
        let run: @Sendable () -> Void
        let refuse: @Sendable () -> Void
    }

    private struct State {
        var running = 0
        /// The next one first.
        var waiting: [Work] = []
    }

    private enum Place {
        case thread, queue, none
    }

    private let count: Int
    private let queueLength: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - count: threads at the same time, 1 or more.
    ///   - queueLength: pieces of work that may wait, 0 or more.
    init(count: Int, queueLength: Int) {
        (self.count, self.queueLength) = (max(1, count), max(0, queueLength))
    }

    /// Pieces of work that run or wait.
    var load: Int { state.withLock { $0.running + $0.waiting.count } }

    /// Runs `work` on a thread of its own, now or soon; refuses it at once when the queue is full.
    func submit(_ work: Work) {
        switch place(for: work) {
        case .queue: break
        case .none: work.refuse()
        case .thread:
            guard !OwnThread.start({ self.run(work) }) else { return }
            // The system gives no thread: nobody may wait for one that will not come.
            let stranded: [Work] = state.withLock { state in
                state.running -= 1
                guard state.running == 0 else { return [] }
                defer { state.waiting = [] }
                return state.waiting
            }
            for each in [work] + stranded { each.refuse() }
        }
    }

    private func place(for work: Work) -> Place {
        state.withLock { state in
            if state.running < count {
                state.running += 1
                return .thread
            }
            guard state.waiting.count < queueLength else { return .none }
            state.waiting.append(work)
            return .queue
        }
    }

    private func run(_ first: Work) {
        var next: Work? = first
        while let work = next {
            work.run()
            next = state.withLock { state in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.running -= 1
                return nil
            }
        }
    }
}
