/// Bytes that must never be printed: keys, passphrases, personal data on their way to encryption.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bytes themselves; every use is a place to look at in review.
    package let exposedBytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        exposedBytes = bytes
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
