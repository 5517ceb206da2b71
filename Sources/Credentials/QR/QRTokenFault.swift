/// Why a text is not the token of a license's QR code, or why one cannot be made.
package struct QRTokenFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}
