import Credentials
import JOSE
import Primitives

extension VerificationMaterial {
    /// What the person gave a file for.
    package enum Use: Hashable, Sendable {
        /// CA certificates in it become anchors.
        case trust
        /// Nothing in it is trusted by itself.
        case status
    }

    private static let maximumFile = 64 << 20

    /// Takes one file over: certificates or revocation lists in PEM (any number) or DER (one), a bundle, or a status list.
    ///
    /// A certificate that is not a CA is never an anchor; anchors inside a bundle are not trust.
    package mutating func add(
        file bytes: [UInt8], as use: Use, paths: any CertificatePaths
    ) throws(MaterialFault) {
        guard bytes.count <= Self.maximumFile else { throw MaterialFault("larger than 64 MiB") }
        if bytes.first == 0x30 {
            try add(der: bytes, as: use, paths: paths)
        } else if PEM.isPEM(bytes) {
            for (label, der) in try PEM.blocks(in: bytes) { try add(block: label, der, as: use, paths: paths) }
        } else if let text = String(validating: bytes, as: UTF8.self) {
            try add(token: text.trimmingFinalLineBreak)
        } else {
            throw MaterialFault("no certificate, revocation list, status list or bundle")
        }
    }

    private mutating func add(
        block label: String, _ der: [UInt8], as use: Use, paths: any CertificatePaths
    ) throws(MaterialFault) {
        switch label {
        case "CERTIFICATE", "X509CERTIFICATE", "TRUSTEDCERTIFICATE":
            guard let certificate = paths.certificate(der) else {
                throw MaterialFault("a certificate in it cannot be read")
            }
            add(certificate, as: use)
        case "X509CRL": revocationLists.append(der)
        default:
            if label.hasSuffix("PRIVATEKEY") { throw MaterialFault("holds a private key, which no verifier needs") }
        }
    }

    private mutating func add(der: [UInt8], as use: Use, paths: any CertificatePaths) throws(MaterialFault) {
        if let certificate = paths.certificate(der) {
            add(certificate, as: use)
        } else if Self.isWholeSequence(der) {
            // Whether it is a list of a trusted issuer shows when a path needs it.
            revocationLists.append(der)
        } else {
            throw MaterialFault("no certificate and no revocation list")
        }
    }

    private mutating func add(_ certificate: Certificate, as use: Use) {
        if use == .trust, certificate.isCA {
            anchors.append(certificate.der)
        } else {
            certificates.append(certificate.der)
        }
    }

    private mutating func add(token text: String) throws(MaterialFault) {
        switch Self.type(of: text) {
        case "statuslist+jwt":
            statusTokens.append(text)
        case Bundle.type:
            let bundle: Bundle
            do {
                bundle = try Bundle(parsing: text)
            } catch {
                throw MaterialFault("the bundle cannot be read: \(error)")
            }
            certificates += bundle.certificates
            statusTokens += bundle.statusTokens
            revocationLists += bundle.revocationLists.values
        default: throw MaterialFault("no certificate, revocation list, status list or bundle")
        }
    }

    /// `typ` of a compact JWS whose other parts may be too large for every reader.
    private static func type(of text: String) -> String? {
        let header = text.prefix { $0 != "." }
        guard header.utf8.count <= 1 << 16, let bytes = Base64.decodeURL(header) else { return nil }
        return (try? JSONReader.read(bytes))?["typ"]?.string
    }

    /// One DER SEQUENCE that fills all of the bytes (X.690 §8.1).
    private static func isWholeSequence(_ der: [UInt8]) -> Bool {
        guard der.count >= 2, der[0] == 0x30 else { return false }
        guard der[1] >= 0x80 else { return der.count == 2 + Int(der[1]) }
        let digits = Int(der[1]) - 0x80
        guard (1...4).contains(digits), der.count > 2 + digits else { return false }
        let length = der[2..<(2 + digits)].reduce(0) { $0 << 8 | Int($1) }
        return der.count == 2 + digits + length
    }
}
