/// Why something is not a status list, or cannot be done to one.
package struct StatusListFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}
