/// Ends a command: one line for people, one number for scripts.
struct CommandFault: Error, Sendable {
    let status: ExitStatus
    /// Without a final full stop; several lines only where each names another fault.
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        (self.status, self.message) = (status, message)
    }
}
