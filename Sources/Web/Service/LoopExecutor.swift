import NIOCore
import Synchronization

/// Runs the jobs of tasks on an event loop: from socket to answer no thread hands a request to another, which would cost more
/// than many an answer. What takes long must not come here: meanwhile the loop serves none of its connections.
final class LoopExecutor: TaskExecutor {
    private struct Waiting {
        var jobs: [UnownedJob] = []
        /// Whether the loop has been told, or is at work on them.
        var isDraining = false
    }

    private let eventLoop: any EventLoop
    private let waiting = Mutex(Waiting())

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustTell = waiting.withLock { waiting in
            waiting.jobs.append(job)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        if mustTell { eventLoop.execute { self.drain() } }
    }

    /// As many as there are now; what they bring about comes in a later turn of the loop, after its sockets.
    private func drain() {
        let jobs = waiting.withLock { waiting in
            defer { waiting.jobs = [] }
            return waiting.jobs
        }
        let executor = unsafe asUnownedTaskExecutor()
        for job in jobs { unsafe job.runSynchronously(on: executor) }
        let isMore = waiting.withLock { waiting in
            waiting.isDraining = !waiting.jobs.isEmpty
            return waiting.isDraining
        }
        if isMore { eventLoop.execute { self.drain() } }
    }
}
