/// The service's base URL as certificates carry it, and as signed documents that are held against them name it.
package enum CertificateAddress {
    private static let separator = "://"

    /// `localhost` becomes `127.0.0.1`: a URI in a certificate needs a fully qualified name or an address as its host
    /// (RFC 5280 §4.2.1.6). To a verifier the two are one host, see `Origin`.
    package static func of(_ url: String) -> String {
        guard let origin = Origin(of: url), origin.host == "localhost" else { return url }
        // An origin has no user information: the host stands right behind the scheme.
        let start = origin.scheme.count + separator.count
        return url.prefix(start) + "127.0.0.1" + url.dropFirst(start + origin.host.count)
    }
}
