import Primitives

/// A file that pages link to, compiled in.
struct Asset: Sendable {
    /// Below the base URL, with a hash of the content.
    let path: String
    let type: String
    let bytes: [UInt8]

    init(_ name: String, _ suffix: String, _ text: String, type: String, _ hashing: any Hashing) {
        bytes = Array(text.utf8)
        self.type = type
        let hash = Hexadecimal.encode(Array(hashing.sha256(bytes).bytes.prefix(8)))
        path = "/assets/\(name)-\(hash).\(suffix)"
    }
}
