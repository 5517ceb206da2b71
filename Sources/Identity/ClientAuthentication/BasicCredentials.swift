import Primitives

/// `client_id` and `client_secret` in an `Authorization: Basic` header: each form-encoded, then joined and written in
/// base 64 (RFC 6749 §2.3.1).
struct BasicCredentials: Sendable {
    private static let maximumLength = 2048

    let id: String
    let secret: Secret

    /// `nil` for another scheme and for anything malformed.
    init?(header: String) {
        guard header.utf8.count <= BasicCredentials.maximumLength else { return nil }
        // One space or more between the two (RFC 9110 §11.4).
        let parts = header.words
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(parts[1]),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let id = BasicCredentials.formDecoded(bytes[..<colon]).flatMap({ String(validating: $0, as: UTF8.self) }),
            let secret = BasicCredentials.formDecoded(bytes[(colon + 1)...]), !id.isEmpty
        else { return nil }
        (self.id, self.secret) = (id, Secret(secret))
    }

    /// `application/x-www-form-urlencoded`: `+` is a space, `%` begins two hexadecimal digits.
    static func formDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else { return Array(bytes) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap({ Hexadecimal.value($0) }),
                    let low = rest.popFirst().flatMap({ Hexadecimal.value($0) })
                else { return nil }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return decoded
    }
}
