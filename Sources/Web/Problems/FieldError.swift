/// One member of a body that is not right (RFC 9457 §3, example).
struct FieldError: Hashable, Sendable {
    /// A JSON Pointer as a URI fragment (RFC 6901 §6); `#` for the whole body.
    let pointer: String
    /// What would be right; never the value that was sent.
    let detail: String
}
