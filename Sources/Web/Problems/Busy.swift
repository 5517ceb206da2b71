import Identity
import Licensing

/// Errors that mean: later.
enum Busy {
    /// Seconds; `nil` for any other error.
    static func retryAfter(_ error: any Error) -> Int? {
        switch error {
        case is PasswordPoolFull: 2
        case RegisterRefusal.busy: 1
        default: nil
        }
    }
}
