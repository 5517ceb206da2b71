import SwiftASN1

/// A certificate that travels with a signature.
struct CMSCertificate: Hashable, Sendable {
    /// Exactly as it stands.
    let der: [UInt8]
    /// `nil` when it is not an X.509 certificate.
    let outline: CertificateOutline?

    init(_ node: ASN1Node) {
        der = Array(node.encodedBytes)
        outline = try? CertificateOutline(node)
    }
}
