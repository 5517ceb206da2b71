import Primitives

/// An http(s) address without query and fragment, in one spelling (RFC 9449 §4.3: RFC 3986 §6.2.2 and §6.2.3).
///
/// Dot segments are not resolved: no address of this provider has any.
struct TargetURI: Hashable, Sendable {
    private let spelling: [UInt8]

    /// `nil` for other schemes, user information, malformed escapes and ports.
    init?(_ text: String) {
        guard text.utf8.count <= 2048, let range = text.utf8.firstRange(of: "://".utf8) else { return nil }
        let scheme = TargetURI.lowercased(text.utf8[..<range.lowerBound])
        let rest = text.utf8[range.upperBound...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let authority = TargetURI.lowercased(rest.prefix { $0 != UInt8(ascii: "/") })
        guard let port = ["http": "80", "https": "443"][String(decoding: scheme, as: UTF8.self)],
            let host = TargetURI.withoutPort(authority, defaultPort: Array(port.utf8)),
            let path = TargetURI.normalized(rest.dropFirst(authority.count))
        else { return nil }
        spelling = scheme + Array("://".utf8) + host + (path.isEmpty ? [UInt8(ascii: "/")] : path)
    }

    private static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    /// Host and port, the default port and an empty one left out.
    private static func withoutPort(_ authority: [UInt8], defaultPort: [UInt8]) -> [UInt8]? {
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { return nil }
        let afterLiteral = authority.lastIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? 0
        guard let colon = authority[afterLiteral...].firstIndex(of: UInt8(ascii: ":")) else { return authority }
        let (host, port) = (Array(authority[..<colon]), Array(authority[(colon + 1)...]))
        guard !host.isEmpty, port.count <= 5, port.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return port.isEmpty || port == defaultPort ? host : authority
    }

    /// Escapes in upper case, and none for characters that need none.
    private static func normalized(_ path: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = Array(path)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap({ Hexadecimal.value($0) }),
                let low = rest.popFirst().flatMap({ Hexadecimal.value($0) })
            else { return nil }
            let value = high << 4 | low
            if isUnreserved(value) {
                result.append(value)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                result += [byte, digits[Int(high)], digits[Int(low)]]
            }
        }
        return result
    }

    /// RFC 3986 §2.3.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
