import CMS
import PDF
import Primitives

// PAdES B-T (ETSI EN 319 142-1 §6) around a page.
extension LicenseProduction {
    /// Bytes for everything in the CMS that is no certificate: signed attributes, two signature values, TSTInfo, structure.
    private static let signatureOverhead = 4096

    /// The PDF with room for its signature; without the credential only for the page's digest.
    func draft(
        _ page: RenderedPage, _ metadata: LicenseMetadata, _ work: Work, credential: Credential?
    ) -> PDFDraft {
        let attachments = credential.map { credential in
            [
                PDFAttachment(
                    name: "license.jwt", mimeType: "application/dc+sd-jwt",
                    description: "Machine-readable license (SD-JWT VC)", bytes: Array(credential.text.utf8),
                    relationship: "Data", modifiedAt: work.signedAt)
            ]
        }
        return PDFDraft(
            builder: page.builder, pages: page.pages, title: metadata.title, language: metadata.language,
            metadata: metadata.packet, attachments: attachments ?? [], identifier: randomness.bytes(16),
            signature: PDFSignatureDraft(
                signerName: metadata.department.name[metadata.language], signedAt: work.signedAt,
                reservedBytes: reservedBytes(work)))
    }

    func signed(_ draft: PDFDraft, _ work: Work) throws -> [UInt8] {
        let unsigned = try draft.signable()
        let stamps = TimeStampAuthority(
            signer: work.timeStampSigner, hashing: hashing, randomness: randomness)
        let signature = try PAdESSignature.make(
            messageDigest: hashing.hash(work.signer.algorithm.hash, unsigned.signedParts), by: work.signer,
            hashing: hashing
        ) { value in
            try stamps.token(hash: hashing.sha256(value).bytes, algorithm: .sha256, at: clock.now())
        }
        return try unsigned.embedding(signature)
    }

    /// The signature value takes its place after the file is hashed, so its size must be known before.
    private func reservedBytes(_ work: Work) -> Int {
        let certificates = work.signer.certificateChain + work.timeStampSigner.certificateChain
        return certificates.reduce(LicenseProduction.signatureOverhead) { $0 + $1.count }
    }
}
