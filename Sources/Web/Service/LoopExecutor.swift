import NIOCore
import Synchronization

/// Runs the jobs of tasks on an event loop: from socket to answer no thread hands a request to another, which would cost more
/// than many an answer. What takes long must not come here: meanwhile the loop serves none of its connections.
///
/// One for all connections of a loop. What their jobs answer is sent together: a client, or a proxy, that is still busy with one
/// answer need not be woken for the next.
final class LoopExecutor: TaskExecutor {
    private struct Waiting {
        var jobs: [UnownedJob] = []
        /// Whether the loop has been told, or is at work on them.
        var isDraining = false
    }

    /// Answers that wait for one another at most: the first is late by the making of the others.
    private static let burst = 32

    private let eventLoop: any EventLoop
    private let waiting = Mutex(Waiting())
    private let unsent: NIOLoopBoundBox<[HTTPConnection]>

    /// To be called on the loop.
    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        unsent = NIOLoopBoundBox([], eventLoop: eventLoop)
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
        send()
        let isMore = waiting.withLock { waiting in
            waiting.isDraining = !waiting.jobs.isEmpty
            return waiting.isDraining
        }
        if isMore { eventLoop.execute { self.drain() } }
    }

    /// Has a connection send what it wrote, at the end of this turn; only for jobs of this executor.
    func sendSoon(_ connection: HTTPConnection) {
        unsent.value.append(connection)
        if unsent.value.count >= LoopExecutor.burst { send() }
    }

    private func send() {
        for connection in unsent.value { connection.flush() }
        unsent.value.removeAll(keepingCapacity: true)
    }
}

/// The executors of the loops of a server.
final class LoopExecutors: Sendable {
    private let executors = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    /// To be called on the loop.
    func executor(of eventLoop: any EventLoop) -> LoopExecutor {
        executors.withLock { executors in
            let id = ObjectIdentifier(eventLoop)
            if let known = executors[id] { return known }
            let new = LoopExecutor(eventLoop)
            executors[id] = new
            return new
        }
    }
}
