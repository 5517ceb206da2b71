import Credentials
import Primitives

extension Examination {
    private static let reference = "RFC 8392; RFC 9052 §4.2"

    /// The checks of a QR text in order.
    func examineQR(_ text: String) async throws(CheckFailure) {
        let signed = try readQR(text)
        let certificate = try qrCertificate(keyID: signed.keyID)
        let time = SigningTime.claimed(signed.token.issuedAt)
        verdict.signer = SignerSection(
            subject: certificate.subject, certificateStatus: "unknown", signedAt: time.instant,
            timeSource: time.source)
        let isValid = signed.isValid(publicKey: certificate.publicKey, verifier: tools.verifier)
        try signatureValue(isValid, certificate, name: "signature")
        let evidence = SignerEvidence(leaf: certificate.der, intermediates: [], revocationLists: [], signed: time)
        let path = try signerPath(evidence)
        let standing = try await certificateStatus(path, evidence)
        verdict.signer?.certificateStatus = standing
        let number = try qrNumber(signed.token)
        try issuer(number, signer: path)
        verdict.license = signed.token.section(number)
        noteHost(signed.host, path)
        let reference = StatusReference(
            uri: signed.token.statusURI, index: signed.token.statusIndex, issuerCode: number.issuerCode,
            namedAddresses: path.namedAddresses)
        let period = LicensePeriod(
            issuedAt: signed.token.issuedAt, validFrom: signed.token.validFrom, validUntil: signed.token.validUntil)
        try await licenseStatus(reference, period)
    }

    private func readQR(_ text: String) throws(CheckFailure) -> SignedQRToken {
        do throws(QRTokenFault) {
            let signed = try SignedQRToken(parsing: text)
            passed("format", "a signed token, \(signed.algorithm.rawValue)", Self.reference)
            return signed
        } catch {
            throw failure("format", .formatFailure, "the QR text is no sound token (\(error))", Self.reference)
        }
    }

    /// The certificate that `keyID` names among those given, by the first 16 bytes of its SHA-256.
    private func qrCertificate(keyID: [UInt8]) throws(CheckFailure) -> Certificate {
        let (name, reference) = ("signing-certificate", "RFC 9052 §3.1 kid")
        let candidates = material.certificates + material.anchors
        let der = candidates.first { Array(tools.hashing.sha256($0).bytes.prefix(16)) == keyID }
        guard let der, let certificate = tools.paths.certificate(der) else {
            throw failure(
                name, .noSigningCertificate,
                "the certificate of the QR code's signer was not given (a bundle of the issuer has it)", reference)
        }
        passed(name, "the key identifier names a certificate that was given", reference)
        return certificate
    }

    private func qrNumber(_ token: QRToken) throws(CheckFailure) -> LicenseNumber {
        let (name, reference) = ("license-claims", "GB/T 36904")
        let fault: String
        switch LicenseNumber.read(token.number) {
        case .valid(let number):
            passed(name, "license \(number), check character right", reference)
            return number
        case .legacyCheck: fault = "number check: legacy variant of a faulty writer"
        case .wrongCheck(let expected): fault = "the number has a wrong check character (right: \(expected))"
        case .malformed: fault = "the number is none"
        }
        throw failure(name, .formatFailure, fault, reference)
    }

    /// The signature decides, not the address; another one is worth a word.
    private func noteHost(_ host: String, _ path: TrustedPath) {
        let named = path.namedAddresses.compactMap { Origin(of: $0) }
        // The text carries host and port as an address does.
        let own = ["https", "http"].compactMap { Origin(of: "\($0)://\(host)/") }
        let isNamed = own.contains { own in named.contains(where: own.hasHost) }
        if isNamed {
            passed("host", "the signer's certificate names \(host.shortened.lowercased())", Self.reference)
        } else {
            skipped(
                "host",
                "the text leads to \(host.shortened.lowercased()), which the signer's certificate does not name",
                Self.reference)
        }
    }
}

extension QRToken {
    /// What the verdict shows: codes from the number, the holder's masked name, no fields.
    fileprivate func section(_ number: LicenseNumber) -> LicenseSection {
        LicenseSection(
            number: number.description, type: LicenseSection.CodedName(code: number.typeCode, name: [:]),
            issuer: LicenseSection.CodedName(code: number.issuerCode, name: [:]),
            holders: [LicenseSection.DisclosedHolder(name: holderName, idType: nil, id: nil)], validFrom: validFrom,
            validUntil: validUntil, fields: JSONObject())
    }
}
