package import Licensing
package import Primitives

/// Reads certificates and builds paths with OpenSSL. Keeps nothing between calls.
package struct OpenSSLCertificatePaths: CertificatePaths {
    /// A verifier brings a handful; more are not looked at.
    private static let maximumRevocationLists = 64

    package init() {}

    package func certificate(_ der: [UInt8]) -> Certificate? {
        X509Certificate(der).flatMap { Certificate(reading: $0) }
    }

    package func path(
        for leaf: [UInt8], intermediates: [[UInt8]], anchors: [[UInt8]], crls: [[UInt8]], at: Instant,
        revocationAt: Instant, purpose: CertificatePurpose
    ) throws(PathRefusal) -> TrustedPath {
        defer { OpenSSLError.clear() }
        guard let end = X509Certificate(leaf) else { throw .noChain("the signer's certificate cannot be read") }
        let path = try PathSearch(leaf: end, anchors: anchors, at: at).path(over: intermediates)
        try check(path, purpose: purpose)
        let lists = crls.prefix(OpenSSLCertificatePaths.maximumRevocationLists).compactMap { RevocationList($0) }
        for (certificate, issuer) in zip(path, path.dropFirst()).dropFirst() {
            let answer = revocation(of: certificate, from: issuer, lists: lists, at: revocationAt)
            if case .revoked(let moment, let reason) = answer {
                throw .issuerRevoked("\(certificate.subject), at \(moment), \(reason)")
            }
        }
        var answer = RevocationAnswer.unknown
        if path.count > 1 { answer = revocation(of: path[0], from: path[1], lists: lists, at: revocationAt) }
        let chain = path.compactMap { Certificate(reading: $0) }
        guard chain.count == path.count else { throw .constraint("a certificate of the path cannot be read") }
        return TrustedPath(chain: chain, revocation: answer)
    }

    private func check(_ path: [X509Certificate], purpose: CertificatePurpose) throws(PathRefusal) {
        for (index, certificate) in path.enumerated() {
            let isAnchor = index == path.count - 1
            try CertificateRules.checkForm(certificate)
            if !isAnchor { try CertificateRules.checkSignatureStrength(certificate) }
            if index > 0 {
                try CertificateRules.checkIssuer(certificate, isAnchor: isAnchor, purpose: purpose)
            } else {
                try CertificateRules.checkEndEntity(certificate, purpose: purpose)
            }
        }
    }

    /// By the newest list that speaks of the certificate.
    private func revocation(
        of certificate: X509Certificate, from issuer: X509Certificate, lists: [RevocationList], at: Instant
    ) -> RevocationAnswer {
        let current = lists.filter { $0.speaks(of: certificate, from: issuer, at: at) }
        return current.max { $0.thisUpdate < $1.thisUpdate }?.answer(for: certificate) ?? .unknown
    }
}
