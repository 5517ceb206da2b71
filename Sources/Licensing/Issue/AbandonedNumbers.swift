import Synchronization

/// Numbers that this office reserved and could neither finish nor void, because the register took no more changes. Nobody works
/// on them, so a repeat of the same request may finish them without a restart.
final class AbandonedNumbers: Sendable {
    private let numbers = Mutex<Set<LicenseNumber>>([])

    func add(_ number: LicenseNumber) {
        numbers.withLock { _ = $0.insert(number) }
    }

    /// Whether the number was abandoned; from now on it is the caller's.
    func take(_ number: LicenseNumber) -> Bool {
        numbers.withLock { $0.remove(number) != nil }
    }
}
