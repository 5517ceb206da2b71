import CMS
import PDF
import Primitives

// PAdES B-T (ETSI EN 319 142-1 §6) around a page.
extension LicenseProduction {
    /// The PDF with room for its signature; without the credential only for the page's digest.
    func draft(
        _ page: RenderedPage, _ metadata: LicenseMetadata, _ work: Work, credential: Credential?
    ) throws -> PDFDraft {
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
                reservedBytes: try largestSignature(work)))
    }

    func signed(_ draft: PDFDraft, _ work: Work) throws -> [UInt8] {
        let unsigned = try draft.signable()
        let digest = hashing.hash(work.signer.algorithm.hash, unsigned.signedParts)
        return try unsigned.embedding(
            try signature(over: digest, by: work.signer, stampedBy: work.timeStampSigner))
    }

    /// The signature value takes its place after the file is hashed, so its size must be known before.
    private func largestSignature(_ work: Work) throws -> Int {
        let rehearsed = try signature(
            over: [UInt8](repeating: 0, count: work.signer.algorithm.hash.length),
            by: SignatureRehearsal(of: work.signer), stampedBy: SignatureRehearsal(of: work.timeStampSigner))
        return rehearsed.count
    }

    private func signature(
        over digest: [UInt8], by signer: any Signer, stampedBy stampSigner: any Signer
    ) throws -> [UInt8] {
        let stamps = TimeStampAuthority(signer: stampSigner, hashing: hashing, randomness: randomness)
        return try PAdESSignature.make(messageDigest: digest, by: signer, hashing: hashing) { value in
            try stamps.token(hash: hashing.sha256(value).bytes, algorithm: .sha256, at: clock.now())
        }
    }
}
