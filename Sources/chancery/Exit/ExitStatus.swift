/// What a command's end means to its caller (the sysexits of BSD where they fit).
enum ExitStatus: Int32, Sendable {
    case done = 0
    /// Refused or invalid.
    case refused = 1
    /// `verify`: nothing failed, something cannot be told.
    case indeterminate = 2
    case badUsage = 64
    case notUnderstood = 65
    case inputMissing = 66
    case unreachable = 69
    case ourFault = 70
    case inputOutput = 74
    case configuration = 78
}
