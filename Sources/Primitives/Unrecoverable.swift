/// What is left where going on would be worse than stopping: a hash that failed, a random generator without output. None
/// of it can be brought about by bytes from outside.
package enum Unrecoverable {
    /// Ends the process.
    package static func stop(_ reason: StaticString) -> Never {
        preconditionFailure("\(reason)")
    }
}
