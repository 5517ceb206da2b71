import Credentials
import JOSE
import Primitives

/// An SD-JWT VC whose signature value is right; its signer may still be anyone.
struct SignedCredential {
    let credential: SDJWT
    let certificate: Certificate
}

extension Examination {
    /// The checks of an SD-JWT VC in order.
    func examineCredential(_ text: String) async throws(CheckFailure) {
        let signed = try signedCredential(text, prefix: "")
        let time = signed.credential.claimedTime
        verdict.signer = SignerSection(
            subject: signed.certificate.subject, certificateStatus: "unknown", signedAt: time.instant,
            timeSource: time.source)
        let evidence = SignerEvidence(
            leaf: signed.certificate.der, intermediates: signed.credential.jws.certificateChain, revocationLists: [],
            signed: time)
        let path = try signerPath(evidence)
        let standing = try await certificateStatus(path, evidence)
        verdict.signer?.certificateStatus = standing
        let claims = try licenseClaims(signed.credential, signer: path)
        verdict.license = claims.section
        noteKeyBinding(signed.credential)
        try await licenseStatus(claims.reference(path), try period(of: claims, signed.credential))
    }

    /// Format, header, disclosures, certificate and signature value.
    /// - Parameter prefix: begins the checks' names, for a credential inside another document.
    func signedCredential(_ text: String, prefix: String) throws(CheckFailure) -> SignedCredential {
        let credential = try readCredential(text, name: prefix + "format")
        let name = prefix + "signing-certificate"
        guard let leaf = credential.jws.certificateChain.first else {
            throw failure(
                name, .noSigningCertificate, "the credential does not carry its signer's certificate",
                "draft-ietf-oauth-sd-jwt-vc §3.5")
        }
        guard let certificate = tools.paths.certificate(leaf) else {
            throw failure(name, .formatFailure, "the signer's certificate cannot be read", "RFC 7515 §4.1.6")
        }
        let isValid = credential.jws.isValid(
            publicKey: certificate.publicKey, algorithm: nil, verifier: tools.verifier)
        try signatureValue(isValid, certificate, name: prefix + "signature")
        return SignedCredential(credential: credential, certificate: certificate)
    }

    private func readCredential(_ text: String, name: String) throws(CheckFailure) -> SDJWT {
        let reference = "RFC 9901 §7.1; draft-ietf-oauth-sd-jwt-vc §3.2"
        let credential: SDJWT
        do throws(SDJWTFault) {
            credential = try SDJWT(parsing: text, hashing: tools.hashing)
        } catch {
            throw failure(name, .formatFailure, "the credential is not a sound SD-JWT (\(error))", reference)
        }
        guard credential.jws.type == "dc+sd-jwt" else {
            throw failure(name, .formatFailure, "the credential is of another type than dc+sd-jwt", reference)
        }
        for path in credential.disclosedPaths {
            guard case .member(let claim) = path.first, LicenseClaims.alwaysShown.contains(claim) else { continue }
            throw failure(name, .formatFailure, "the credential makes \(claim) withholdable", reference)
        }
        passed(name, "an SD-JWT VC with \(credential.disclosures.count) disclosures", reference)
        return credential
    }

    /// Claims of a license whose number names the department that signed.
    func licenseClaims(_ credential: SDJWT, signer path: TrustedPath) throws(CheckFailure) -> LicenseClaims {
        let (name, reference) = ("license-claims", "GB/T 36903; GB/T 36904; draft-ietf-oauth-sd-jwt-vc §3.2.2")
        let claims: LicenseClaims
        do throws(ClaimFault) {
            claims = try LicenseClaims(reading: credential.claims)
        } catch {
            throw failure(
                name, .formatFailure, "the signed data are no license: \(error.claim) \(error.reason)", reference)
        }
        passed(name, "license \(claims.number), check character right", reference)
        try issuer(claims.number, signer: path)
        return claims
    }

    /// The department in the number is the one that the verified certificate names.
    func issuer(
        _ number: LicenseNumber, signer path: TrustedPath, name: String = "issuer"
    ) throws(CheckFailure) {
        let organization = path.chain.first?.organizationIdentifier
        try require(
            organization == number.issuerCode, name, .formatFailure,
            passed: "signed by \(number.issuerCode), the department in the number",
            failed:
                "the number says issued by \(number.issuerCode), but the signer is \(organization ?? "no department")",
            "GB/T 36904; ETSI EN 319 412-1 §5.1.4")
    }

    func period(of claims: LicenseClaims, _ credential: SDJWT) throws(CheckFailure) -> LicensePeriod {
        let bounds = ["nbf", "exp"].filter { credential.claims[$0] != nil }
        for name in bounds where NumericDate.read(credential.claims[name]) == nil {
            throw failure("license-validity", .formatFailure, "\(name) is no moment", "RFC 7519 §4.1")
        }
        return LicensePeriod(
            issuedAt: claims.issuedAt, validFrom: claims.validFrom, validUntil: claims.validUntil,
            notBefore: NumericDate.read(credential.claims["nbf"]),
            expiresAt: NumericDate.read(credential.claims["exp"]))
    }

    private func noteKeyBinding(_ credential: SDJWT) {
        guard credential.keyBinding != nil else { return }
        skipped(
            "holder-binding", "the holder's own proof is present; it answers a question that was not asked here",
            "RFC 9901 §7.3")
    }
}

extension SDJWT {
    fileprivate var claimedTime: SigningTime {
        claims["iat"]?.integer.map { .claimed(Instant(secondsSinceEpoch: $0)) } ?? .unknown
    }
}

extension LicenseClaims {
    /// What the verdict shows.
    var section: LicenseSection {
        LicenseSection(
            number: number.description, type: type, issuer: issuer, holders: holders, validFrom: validFrom,
            validUntil: validUntil, fields: fields)
    }

    /// Where the status is told; `signer` is the verified path of whoever signed these claims.
    func reference(_ signer: TrustedPath) -> StatusReference {
        StatusReference(
            uri: statusURI, index: statusIndex, issuerCode: number.issuerCode,
            namedAddresses: signer.namedAddresses)
    }
}

extension TrustedPath {
    /// Addresses that the end-entity certificate names: the only hosts a verifier may ask.
    var namedAddresses: [String] {
        chain.first.map { $0.uriNames + $0.crlURLs } ?? []
    }
}
