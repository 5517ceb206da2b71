import HTTPTypes

/// Headers that every answer carries.
struct SecurityHeaders: Sendable {
    /// How many there are, with the date.
    private static let count = 6

    // Made once: a field looks through its value.
    private let noGuessing = HTTPField(name: .xContentTypeOptions, value: "nosniff")
    private let noReferrer = HTTPField(name: fieldName("Referrer-Policy"), value: "no-referrer")
    private let noContent = HTTPField(name: .contentSecurityPolicy, value: ContentSecurityPolicy.data)
    private let noStore = HTTPField(name: .cacheControl, value: "no-store")
    private let onlyHTTPS: HTTPField?

    init(issuerURL: String) {
        let isHTTPS = issuerURL.hasPrefix("https:")
        onlyHTTPS =
            isHTTPS ? HTTPField(name: .strictTransportSecurity, value: "max-age=31536000; includeSubDomains") : nil
    }

    /// Where the answer says nothing of its own, it is data that nobody keeps.
    func add(to headers: inout HTTPFields) {
        headers.reserveCapacity(headers.count + SecurityHeaders.count)
        headers.append(noGuessing)
        headers.append(noReferrer)
        if !headers.contains(.contentSecurityPolicy) { headers.append(noContent) }
        if !headers.contains(.cacheControl) { headers.append(noStore) }
        if let onlyHTTPS { headers.append(onlyHTTPS) }
    }
}

/// What a browser may do with an answer (Content Security Policy Level 3), by kind of answer.
enum ContentSecurityPolicy {
    /// Data and files: nothing.
    static let data = "default-src 'none'; frame-ancestors 'none'"

    /// Pages: the own stylesheet and icon, forms to this provider. No script, no inline style, no frame around them.
    ///
    /// - Parameter formOrigin: browsers ask `form-action` for every redirect after a form, so the portal at the end of a
    ///   flow has to be named.
    static func page(formOrigin: String?) -> String {
        let form = (["'self'"] + (formOrigin.flatMap { source($0) }.map { [$0] } ?? [])).joined(separator: " ")
        return "default-src 'none'; style-src 'self'; img-src 'self'; form-action \(form); frame-ancestors 'none'; "
            + "base-uri 'none'"
    }

    /// An origin as a source; `nil` for what could end the directive. There are no IPv6 hosts in the grammar (§2.3.1), so a
    /// native app on `[::1]` is named by its port alone.
    private static func source(_ origin: String) -> String? {
        let isPlain = origin.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: Array("-.:/_[]".utf8).contains(byte)
            }
        }
        guard isPlain else { return nil }
        guard origin.contains("[") else { return origin }
        return origin.lastIndex(of: "]").map { "http://*" + origin[origin.index(after: $0)...] }
    }
}

/// A field name that the library does not list; the text is a constant and always a token.
func fieldName(_ text: String) -> HTTPField.Name {
    HTTPField.Name(text) ?? .from
}
