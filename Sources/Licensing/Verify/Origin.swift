/// Scheme, host and port of an HTTP address (RFC 6454 §4), for deciding where a verifier may ask.
///
/// `localhost` and `127.0.0.1` are one host (RFC 6761 §6.3): certificates carry the address, because a name without a dot
/// is no host that they may name, while people and documents say `localhost`.
package struct Origin: Sendable {
    package let scheme: String
    /// In lower case, as written.
    package let host: String
    package let port: Int

    /// `nil` for anything but `http` and `https` with a plain host, and for addresses that carry user information.
    package init?(of url: String) {
        guard url.utf8.count <= 2048, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let colon = url.range(of: "://")
        else { return nil }
        scheme = url[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@"), !authority.contains("\\") else { return nil }
        let standard = scheme == "https" ? 443 : 80
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end].lowercased()
            guard let port = Origin.port(authority[authority.index(after: end)...], standard) else { return nil }
            self.port = port
        } else {
            let name = authority.prefix { $0 != ":" }
            guard !name.isEmpty, let port = Origin.port(authority[name.endIndex...], standard) else { return nil }
            host = name.lowercased()
            self.port = port
        }
    }

    /// The number after a colon; `standard` when there is none.
    private static func port(_ text: Substring, _ standard: Int) -> Int? {
        guard let first = text.first else { return standard }
        let digits = text.dropFirst()
        guard first == ":", digits.utf8.count <= 5, let number = Int(digits), (1...65_535).contains(number) else {
            return nil
        }
        return number
    }
}

extension Origin: Hashable {
    package static func == (left: Origin, right: Origin) -> Bool {
        left.scheme == right.scheme && left.port == right.port && left.hasHost(of: right)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(scheme)
        hasher.combine(canonicalHost)
        hasher.combine(port)
    }

    /// Whether both name the same host, whatever scheme and port.
    package func hasHost(of other: Origin) -> Bool { canonicalHost == other.canonicalHost }

    private var canonicalHost: String { host == "localhost" ? "127.0.0.1" : host }
}

extension String {
    /// The first place of `part`; Foundation's search is out of reach of a rule.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
