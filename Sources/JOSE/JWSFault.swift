/// Why a text is not a JWS that Chancery accepts, or why one cannot be made.
package struct JWSFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}
