/// Addresses of portals, as strict as they are compared: what is registered is what a browser is sent to, byte by byte.
enum PortalAddress {
    static let maximumLength = 2048
    private static let loopback = ["127.0.0.1", "[::1]", "localhost"]

    /// What is wrong with an address that people or notices are sent to; `nil` when nothing is.
    static func problem(_ text: String) -> String? {
        let shown = "`\(text.shortened)`"
        guard (1...maximumLength).contains(text.utf8.count) else {
            return "an address has at most \(maximumLength) characters"
        }
        guard text.utf8.allSatisfy(isAllowed) else {
            return "\(shown) holds a character that cannot stand in an address: write it percent-encoded"
        }
        if text.contains("*") { return "\(shown) has a wildcard: list each address, they are compared byte by byte" }
        if text.contains("#") { return "\(shown) has a fragment (#…): take it out (RFC 6749 §3.1.2)" }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else {
            return "\(shown) is no https address: expected `https://…`, or `http://127.0.0.1…` on this machine"
        }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let authority = String(rest.prefix { $0 != "/" && $0 != "?" })
        if authority.contains("@") { return "\(shown) has a user before the host: take it out" }
        guard let host = host(of: authority) else { return "\(shown) names no host and port that can be read" }
        guard isSecure || loopback.contains(host) else {
            return "\(shown) is plain http: expected https; http is for 127.0.0.1, [::1] and localhost only"
        }
        return hasWholeEscapes(text) ? nil : "\(shown) has a % without two hexadecimal digits: write `%25` for the sign"
    }

    /// RFC 3986 §2: unreserved, reserved and %.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }

    /// The host without its port; `nil` when either is malformed.
    private static func host(of authority: String) -> String? {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let inside = authority[authority.index(after: authority.startIndex)..<end]
            let isAddress = !inside.isEmpty && inside.utf8.allSatisfy { $0.isHexadecimal || ":.".utf8.contains($0) }
            let port = authority[authority.index(after: end)...]
            return isAddress && isPort(port) ? String(authority[...end]) : nil
        }
        let host = authority.prefix { $0 != ":" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy {
                    $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
        return isName && host.utf8.count <= 253 && isPort(authority.dropFirst(host.count)) ? String(host) : nil
    }

    /// Nothing, or `:` and a number.
    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        let digits = text.dropFirst()
        return text.first == ":" && (1...5).contains(digits.utf8.count)
            && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && (1...65_535).contains(Int(digits) ?? 0)
    }

    private static func hasWholeEscapes(_ text: String) -> Bool {
        text.split(separator: "%", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
            part.utf8.count >= 2 && part.utf8.prefix(2).allSatisfy(\.isHexadecimal)
        }
    }

    /// What is wrong with the name of a protected resource: an absolute URI without fragment (RFC 8707 §2).
    static func problemOfResource(_ text: String) -> String? {
        guard text.hasPrefix("urn:") else { return problem(text) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= maximumLength,
            text.utf8.allSatisfy(isAllowed), !text.contains("#")
        else { return "`\(text.shortened)` is no URN: expected one like `urn:example:tax`" }
        return nil
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}

extension Reader where Output == String {
    static var portalAddress: Reader {
        scalar("an address, for example `https://portal.example/callback`") { text, _ throws(Misreading) in
            if let problem = PortalAddress.problem(text) { throw Misreading(problem) }
            return text
        }
    }

    static var resourceAddress: Reader {
        scalar("the URI of a protected resource, for example `https://api.example/tax`") { text, _ throws(Misreading) in
            if let problem = PortalAddress.problemOfResource(text) { throw Misreading(problem) }
            return text
        }
    }

    /// RFC 6749 §3.3.
    static var scope: Reader {
        scalar("a scope, for example `openid`") { text, _ throws(Misreading) in
            let isToken = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
            guard isToken, (1...128).contains(text.utf8.count) else {
                throw Misreading(
                    "`\(text.shortened)` is no scope: use printable ASCII without spaces, quotes and backslashes, "
                        + "at most 128 characters")
            }
            return text
        }
    }
}
