/// Redirect URIs: compared byte by byte, never parsed again (RFC 9700 §4.1.3).
package enum RedirectURI {
    /// Hosts on which the port may differ (RFC 8252 §7.3). Not `localhost`: it is a name that may lead elsewhere.
    private static let loopbacks = ["http://127.0.0.1", "http://[::1]"]

    /// Whether `uri` is registered for the portal. Only native apps, which are public portals, may use another port.
    package static func isRegistered(_ uri: String, for portal: Portal) -> Bool {
        let bytes = Array(uri.utf8)
        if portal.redirectURIs.contains(where: { Array($0.utf8) == bytes }) { return true }
        guard portal.kind == .public, let asked = withoutPort(bytes[...]) else { return false }
        return portal.redirectURIs.contains { withoutPort(Array($0.utf8)[...]) == asked }
    }

    /// A loopback URI without its port; `nil` for any other URI and for what is no port.
    private static func withoutPort(_ uri: ArraySlice<UInt8>) -> [UInt8]? {
        for host in loopbacks.map({ Array($0.utf8) }) where uri.starts(with: host) {
            var rest = uri.dropFirst(host.count)
            if rest.first == UInt8(ascii: ":") {
                let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
                guard let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0 else { return nil }
                rest = rest.dropFirst(1 + digits.count)
            }
            // Else "http://127.0.0.1.example" and "http://127.0.0.1:1@example" would pass.
            guard rest.isEmpty || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "?") else { return nil }
            return host + rest
        }
        return nil
    }

    /// Adds parameters to the query (RFC 6749 §4.1.2).
    package static func appending(_ parameters: [(name: String, value: String)], to uri: String) -> String {
        let query = parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        guard !query.isEmpty else { return uri }
        guard let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?")) else { return uri + "?" + query }
        let isOpen = uri.utf8.index(after: mark) == uri.utf8.endIndex || uri.utf8.last == UInt8(ascii: "&")
        return uri + (isOpen ? "" : "&") + query
    }

    /// Scheme, host and port, for the page's `form-action`.
    package static func origin(of uri: String) -> String {
        let parts = uri.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return uri }
        let host = parts[2].prefix { $0 != "?" }
        return "\(parts[0])//\(host)"
    }

    /// Everything but unreserved characters as `%XX` (RFC 3986 §2.3).
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
