import Synchronization

/// Contexts of OpenSSL, all set up alike, that wait for their next use: making one costs more than a short message does.
///
/// `@unchecked Sendable`: a pointer is here or with one thread, never both.
@safe final class IdleContexts: @unchecked Sendable {
    /// What is beyond is freed: more threads than this never need one at once for long.
    private static let capacity = 8

    private let waiting = Mutex<[UInt]>([])
    private let free: @Sendable (OpaquePointer) -> Void

    init(free: @escaping @Sendable (OpaquePointer) -> Void) {
        unsafe self.free = free
    }

    deinit {
        for address in waiting.withLock({ $0 }) { unsafe OpaquePointer(bitPattern: address).map(free) }
    }

    func take() -> OpaquePointer? {
        unsafe waiting.withLock { $0.popLast() }.flatMap { unsafe OpaquePointer(bitPattern: $0) }
    }

    func putBack(_ context: OpaquePointer) {
        let isKept = waiting.withLock { waiting in
            guard waiting.count < IdleContexts.capacity else { return false }
            waiting.append(UInt(bitPattern: context))
            return true
        }
        if !isKept { unsafe free(context) }
    }
}
