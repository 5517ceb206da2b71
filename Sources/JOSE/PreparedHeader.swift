package import Primitives

/// A protected header as it is signed: JSON in base64url.
package struct PreparedHeader: Hashable, Sendable {
    /// As it stands before the first dot.
    package let encoded: String

    init(_ header: JSONObject) {
        encoded = Base64.encodeURL(JSONValue.object(header).compactBytes)
    }

    /// - Parameters:
    ///   - algorithm: that of the key that will sign.
    ///   - type: `typ`.
    package init(algorithm: SignatureAlgorithm, type: String, keyID: String) {
        self.init(
            JSONObject([
                ("alg", .string(algorithm.rawValue)), ("typ", .string(type)), ("kid", .string(keyID)),
            ]))
    }
}
