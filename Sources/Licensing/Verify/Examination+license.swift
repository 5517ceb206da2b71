import CMS
import Credentials
import JOSE
import PDF
import Primitives

extension Examination {
    private static let attachmentName = "license.jwt"
    /// Bytes; what a credential reader takes is less.
    private static let maximumLicenseData = 8 << 20
    private static let reference = "ISO 32000-2 §7.11.4; RFC 9901"

    /// The license inside a signed PDF: its data, its page, whether it stands. A PDF of someone else has none.
    func licenseOfPDF(
        _ document: SignedPDF, _ path: TrustedPath, _ evidence: SignerEvidence
    ) async throws(CheckFailure) {
        guard let text = try licenseData(document.file) else { return try withoutLicense(path) }
        // No signature protects the time-stamp from being cut out; every license is issued with one.
        try require(
            !document.cms.timeStampTokens.isEmpty, "issued-level", .formatFailure,
            passed: "a time-stamp is there, as on every license", failed: "the license's time-stamp is missing",
            "ETSI EN 319 142-1 §6.3")
        let signed = try signedCredential(text, prefix: "license-data-")
        let own = SignerEvidence(
            leaf: signed.certificate.der,
            intermediates: signed.credential.jws.certificateChain + evidence.intermediates,
            revocationLists: evidence.revocationLists, signed: evidence.signed)
        let ownPath = own.leaf == evidence.leaf ? path : try signerPath(own, name: "license-data-certificate-path")
        if own.leaf != evidence.leaf {
            _ = try await certificateStatus(ownPath, own, name: "license-data-certificate-status")
        }
        let claims = try licenseClaims(signed.credential, signer: ownPath)
        try issuer(claims.number, signer: path, name: "signer-department")
        try page(of: document.file, claims)
        verdict.license = claims.section
        try await licenseStatus(claims.reference(ownPath), try period(of: claims, signed.credential))
    }

    /// The text of the one attachment that holds the license; `nil` when there is none.
    private func licenseData(_ file: PDFFile) throws(CheckFailure) -> String? {
        let name = "license-data"
        let attachments: [PDFAttachment]
        do throws(PDFFault) {
            attachments = try file.attachments().filter { $0.name == Self.attachmentName }
        } catch {
            throw failure(name, .formatFailure, "the attachments cannot be read (\(error))", Self.reference)
        }
        guard let attachment = attachments.first else { return nil }
        guard attachments.count == 1, attachment.bytes.count <= Self.maximumLicenseData,
            let text = String(validating: attachment.bytes, as: UTF8.self)
        else {
            throw failure(
                name, .formatFailure, "the license data are there twice, are too large or are no text", Self.reference)
        }
        passed(name, "the document carries its license data", Self.reference)
        return text
    }

    /// Whoever signs licenses signs nothing else: without its data a license cannot be told from a forgery.
    private func withoutLicense(_ path: TrustedPath) throws(CheckFailure) {
        let signer = path.chain.first
        let department = signer?.organizationIdentifier.flatMap { SocialCreditCode($0) }
        if let department, signer?.uriNames.isEmpty == false {
            throw failure(
                "license-data", .formatFailure,
                "the license data are missing from a document signed by department \(department)", Self.reference)
        }
        skipped("license-data", "a signed document, no license", Self.reference)
    }

    /// The page is the one that was issued, and what it shows is what the data say.
    private func page(of file: PDFFile, _ claims: LicenseClaims) throws(CheckFailure) {
        let (name, reference) = ("page", "ISO 32000-2 §14.6; GB/T 36903")
        let page: (digest: Digest, texts: [PDFFieldText])
        do throws(PDFFault) {
            let digest = try file.pageDigest(tools.hashing)
            // The texts of a page that nobody issued are not worth reading.
            page = (digest, digest == claims.pageDigest ? try file.fieldTexts() : [])
        } catch {
            throw failure(name, .formatFailure, "the page cannot be read (\(error))", reference)
        }
        try require(
            page.digest == claims.pageDigest, name, .hashFailure, passed: "the page is the one that was issued",
            failed: "the page is not the one that was issued", reference)
        let fault = PageComparison(claims: claims).fault(in: page.texts)
        try require(
            fault == nil, "page-text", .formatFailure, passed: "the page's texts agree with the signed data",
            failed: fault ?? "", reference)
        let metadata = try metadataFault(file, claims)
        try require(
            metadata == nil, "metadata", .formatFailure, passed: "the metadata agree with the signed data",
            failed: metadata ?? "", "ISO 16684-1; GB/T 36903")
    }

    private func metadataFault(_ file: PDFFile, _ claims: LicenseClaims) throws(CheckFailure) -> String? {
        guard case .stream(let stream) = file.resolve(file.catalog["Metadata"]),
            let packet = try? file.decodedBytes(of: stream), packet.count <= MetadataComparison.maximumLength
        else { return "the metadata are missing or cannot be read" }
        return MetadataComparison(claims: claims).fault(in: packet)
    }
}
