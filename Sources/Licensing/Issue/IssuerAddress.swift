import Primitives

/// Addresses made from the public base URL of the service.
struct IssuerAddress: Hashable, Sendable {
    /// As it stands in `iss`, without a final slash.
    let base: String
    /// What stands after `HTTPS://` in a QR code: upper case for its alphanumeric mode, the port only where it is not the
    /// scheme's own.
    let qrHost: String

    /// `nil` when the URL is not http or https, or its host has characters that the alphanumeric mode lacks
    /// (ISO/IEC 18004 §7.4.4: no brackets, so no IPv6 literal).
    init?(_ url: String) {
        guard let origin = Origin(of: url) else { return nil }
        let host = origin.host.uppercased()
        let isAlphanumeric = host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        guard isAlphanumeric else { return nil }
        let standard = origin.scheme == "https" ? 443 : 80
        qrHost = origin.port == standard ? host : "\(host):\(origin.port)"
        base = IssuerAddress.base(url)
    }

    /// The URI of a status list: its `sub`, and where it is fetched.
    static func statusURI(_ issuerURL: String, list: Int) -> String { "\(base(issuerURL))/status-lists/\(list)" }

    private static func base(_ url: String) -> String {
        String(url.reversed().drop { $0 == "/" }.reversed())
    }
}
