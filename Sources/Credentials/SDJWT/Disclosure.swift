import Primitives

/// One disclosure (RFC 9901 §4.2): salt, name where it is an object's member, and value.
struct Disclosure: Sendable {
    private static let maximumDepth = 32

    /// `nil` for an array's element.
    let name: String?
    let value: JSONValue

    /// Throws unless `text` is canonical base64url of a JSON array of 2 or 3 with a string for salt and name.
    init(parsing text: String) throws(SDJWTFault) {
        guard let bytes = Base64.decodeURL(text), !bytes.isEmpty else {
            throw SDJWTFault(reason: "a disclosure is not canonical base64url")
        }
        let parts: [JSONValue]?
        do {
            parts = try JSONReader.read(bytes, maximumDepth: Disclosure.maximumDepth).array
        } catch {
            throw SDJWTFault(reason: "a disclosure is not strict JSON: \(error)")
        }
        guard let parts, (2...3).contains(parts.count), let value = parts.last, parts.first?.string != nil else {
            throw SDJWTFault(reason: "a disclosure is not an array of salt, name and value, or salt and value")
        }
        if parts.count == 3 {
            guard let name = parts[1].string else { throw SDJWTFault(reason: "a disclosure's name is not a string") }
            guard !SDJWT.reservedNames.contains(name) else {
                throw SDJWTFault(reason: "a disclosure is named \"\(name)\", which is reserved")
            }
            self.name = name
        } else {
            name = nil
        }
        self.value = value
    }

    /// The text of a new disclosure.
    static func text(salt: [UInt8], name: String?, value: JSONValue) -> String {
        let parts: [JSONValue] = [.string(Base64.encodeURL(salt))] + (name.map { [.string($0)] } ?? []) + [value]
        return Base64.encodeURL(JSONValue.array(parts).compactBytes)
    }

    /// The digest of a disclosure's text (RFC 9901 §4.2.3): over the base64url characters, not what they encode.
    static func digest(of text: String, _ algorithm: HashAlgorithm, _ hashing: any Hashing) -> String {
        Base64.encodeURL(hashing.hash(algorithm, [Array(text.utf8)[...]]))
    }
}
