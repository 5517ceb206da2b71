import CMS
import PDF
import Primitives

/// A PDF signature that is being examined, with the file it stands in.
struct SignedPDF {
    let file: PDFFile
    let signature: PDFSignature
    let cms: SignedData
    /// What the signature covers, in order.
    let parts: [ArraySlice<UInt8>]
    /// Certificates and revocation lists of signature and security store.
    var carried: DocumentMaterial
    let hasSecurityStore: Bool
}

extension Examination {
    /// The checks of a PDF in order.
    func examinePDF(_ bytes: [UInt8]) async throws(CheckFailure) {
        let file = try readPDF(bytes)
        let signature = try judgedSignature(of: file)
        let document = try signedPDF(file, signature)
        try contentAttributes(document.cms)
        try messageDigest(of: document)
        let certificate = try signingCertificate(of: document.cms)
        verdict.signer = SignerSection(
            subject: certificate.subject, certificateStatus: "unknown", signedAt: nil, timeSource: "none")
        try signatureValue(of: document.cms, certificate)
        let signed = try signingTime(of: document)
        verdict.signer?.signedAt = signed.instant
        verdict.signer?.timeSource = signed.source
        notAfterQuestion(signed)
        let evidence = SignerEvidence(
            leaf: certificate.der, intermediates: document.carried.certificates,
            revocationLists: document.carried.revocationLists, signed: signed)
        let path = try signerPath(evidence)
        let standing = try await certificateStatus(path, evidence)
        verdict.signer?.certificateStatus = standing
        try await licenseOfPDF(document, path, evidence)
    }

    // MARK: Structure

    private func readPDF(_ bytes: [UInt8]) throws(CheckFailure) -> PDFFile {
        let (name, reference) = ("format", "ISO 32000-2 §7.5; ETSI EN 319 102-1 §5.2.2")
        do throws(PDFFault) {
            let file = try PDFFile(parsing: bytes)
            let updates = file.revisions.count - 1
            passed(name, "a sound PDF\(updates == 0 ? "" : " with \(updates) later additions")", reference)
            return file
        } catch {
            throw failure(name, .formatFailure, "the file is no sound PDF (\(error))", reference)
        }
    }

    /// The last signature that covers the whole document, else the last one, which then fails; others are noted.
    private func judgedSignature(of file: PDFFile) throws(CheckFailure) -> PDFSignature {
        let (name, reference) = ("signature-dictionary", "ETSI EN 319 142-1 §5.3; ISO 32000-2 §12.8")
        let signatures: [PDFSignature]
        do throws(PDFFault) {
            signatures = try file.signatures()
        } catch {
            throw failure(name, .formatFailure, "a signature is not as it must be (\(error))", reference)
        }
        let approvals = signatures.filter { $0.kind == .signature }.sorted { $0.coveredEnd < $1.coveredEnd }
        guard let last = approvals.last else {
            throw failure(name, .formatFailure, "the document carries no signature", reference)
        }
        let judged = approvals.last { file.coverage(of: $0).coversWholeDocument } ?? last
        passed(name, "signature field \(judged.fieldName.shortened)", reference)
        try coverage(of: judged, file)
        if approvals.count > 1 {
            skipped(
                "other-signatures", "\(approvals.count - 1) more signatures are in the document and were not judged",
                reference)
        }
        return judged
    }

    private func coverage(of signature: PDFSignature, _ file: PDFFile) throws(CheckFailure) {
        let (name, reference) = ("coverage", "ETSI EN 319 142-1 §5.3, §5.4; ISO 32000-2 §12.8.1")
        let coverage = file.coverage(of: signature)
        verdict.integrity = IntegritySection(
            coversWholeDocument: coverage.coversWholeDocument, level: nil,
            changesAfterSigning: coverage.changesAfterSigning)
        if let fault = coverage.faults.first {
            throw failure(
                name, .formatFailure, "the signature does not cover the document as it must (\(fault))", reference)
        }
        guard coverage.coversWholeDocument else {
            let changes = coverage.changesAfterSigning.prefix(3).joined(separator: "; ")
            throw failure(name, .formatFailure, "the document was changed after it was signed: \(changes)", reference)
        }
        passed(name, "the signature covers the whole document", reference)
    }

    private func signedPDF(_ file: PDFFile, _ signature: PDFSignature) throws(CheckFailure) -> SignedPDF {
        let (name, reference) = ("signature-format", "RFC 5652 §5; ETSI EN 319 142-1 §6.3")
        let cms: SignedData
        do throws(CMSFault) {
            cms = try SignedData(parsing: signature.contents)
        } catch {
            throw failure(name, error.subIndication, "the signature cannot be used (\(error))", reference)
        }
        passed(name, "one signer, \(cms.scheme.words)", reference)
        do throws(PDFFault) {
            let parts = try signature.signedParts(in: file)
            let store = try file.securityStore()
            var carried = DocumentMaterial()
            carried.add(certificates: cms.certificates + (store?.certificates ?? []))
            carried.add(revocationLists: cms.revocationLists + (store?.revocationLists ?? []))
            let isFilled = store.map { !$0.revocationLists.isEmpty || !$0.ocspResponses.isEmpty } ?? false
            return SignedPDF(
                file: file, signature: signature, cms: cms, parts: parts, carried: carried,
                hasSecurityStore: isFilled && !(store?.certificates.isEmpty ?? true))
        } catch {
            throw failure(name, .formatFailure, "the validation data are not as they must be (\(error))", reference)
        }
    }
}

extension PDFSignature {
    /// Where the byte range ends; out of reach of overflow.
    var coveredEnd: Int {
        guard byteRange.count == 4 else { return -1 }
        let (end, overflow) = byteRange[2].addingReportingOverflow(byteRange[3])
        return overflow ? -1 : end
    }
}

extension SignatureScheme {
    /// For people.
    var words: String {
        switch kind {
        case .ecdsa: "ECDSA with \(hash.rawValue)"
        case .rsaPKCS1: "RSA with \(hash.rawValue)"
        case .rsaPSS: "RSA-PSS with \(hash.rawValue)"
        case .ed25519: "Ed25519"
        }
    }
}

extension String {
    /// At most 64 characters of a text from outside, on one line.
    var shortened: String {
        let line = String(
            unicodeScalars.prefix(64).map { $0.properties.generalCategory == .control ? " " : Character($0) })
        return unicodeScalars.count > 64 ? line + "…" : line
    }
}
