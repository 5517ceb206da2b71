import Glibc
import Store

extension Assembly {
    /// What a commit of unknown outcome calls for: callers were told, answers get a moment to leave, then the process ends.
    static let stop: @Sendable (StoreFault) -> Void = { fault in
        Terminal.talk("chancery: \(fault.description)")
        usleep(200_000)
        _exit(ExitStatus.inputOutput.rawValue)
    }
}
