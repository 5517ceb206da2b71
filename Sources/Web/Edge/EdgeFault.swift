/// What is wrong with a request before anybody asks what it means.
enum EdgeFault: Error, Hashable, Sendable {
    /// Another content type than the form's.
    case mediaType
    /// `%` without two digits, or bytes that are not UTF-8.
    case malformed
    case tooManyParameters
    case tooLarge(limit: Int)
    /// A header that may stand once stands twice.
    case repeatedHeader
}
