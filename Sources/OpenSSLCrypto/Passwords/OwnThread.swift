import Glibc

/// A thread that is nobody else's: long computations on it hold up neither event loops nor cooperative threads.
enum OwnThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a thread that ends with `body`.
    ///
    /// - Returns: `false` when the system gives no thread; `body` does not run then.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let argument = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            unsafe argument.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
