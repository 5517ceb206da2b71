package import Primitives

/// What a token request gets (RFC 6749 §5.1).
package struct TokenAnswer: Sendable {
    /// Holds tokens: never to be logged.
    package let object: JSONObject
    /// For the header `DPoP-Nonce`; `nil` where no proof was sent.
    package let nonce: String?

    package init(object: JSONObject, nonce: String?) {
        (self.object, self.nonce) = (object, nonce)
    }
}
