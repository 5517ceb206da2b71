/// One step from a JSON value into it.
package enum ClaimPathStep: Hashable, Sendable {
    case member(String)
    /// Counted from 0.
    case element(Int)
}
