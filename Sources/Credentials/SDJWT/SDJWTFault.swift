/// Why a text is not an SD-JWT that Chancery accepts, or why one cannot be made.
package struct SDJWTFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}
