import CMS
import Credentials
import PDF
import Primitives

/// A license's documents as they leave the office.
struct SignedLicense: Sendable {
    let documents: [(format: LicenseType.Format, bytes: [UInt8])]
    let signedAt: Instant
}

/// Draws and signs the documents of a license that has its number. Keeps nothing; safe to use from many tasks at once.
struct LicenseProduction: Sendable {
    let authority: Authority
    let keys: any SigningKeys
    let renderer: any PageRenderer
    let hashing: any Hashing
    let randomness: any Randomness
    let clock: any Clock
    let address: IssuerAddress

    /// One license in the making.
    struct Work {
        let number: LicenseNumber
        let statusURI: String
        let statusIndex: Int
        let signer: any Signer
        let timeStampSigner: any Signer
        let signedAt: Instant
    }

    /// The machine-readable license; there is one for each ticket, and the paper one carries it.
    struct Credential {
        let text: String

        fileprivate init(_ text: String) {
            self.text = text
        }
    }

    /// Page, credential and PDF, in this order: the credential holds the page's digest, the PDF the credential.
    ///
    /// - Throws: `IssueRefusal.page`; what keys and formats throw.
    func documents(
        spending ticket: consuming IssuanceTicket, number: LicenseNumber, place: StatusPlace
    ) throws -> SignedLicense {
        let now = clock.now()
        let work = Work(
            number: number, statusURI: IssuerAddress.statusURI(address.base, list: place.list),
            statusIndex: place.index,
            signer: try keys.documentSigner(department: ticket.department.id, at: now),
            timeStampSigner: try keys.timeStampSigner(at: now), signedAt: now)
        let (type, department) = (ticket.type, ticket.department)
        guard type.formats.contains(.pdf) else {
            let credential = try credential(spending: ticket, work, pageDigest: nil)
            return SignedLicense(documents: [(.sdJWT, Array(credential.text.utf8))], signedAt: now)
        }
        let page = try page(ticket, number: number, issuedOn: now.date, qrText: try qrText(ticket, work))
        let metadata = LicenseMetadata(
            title: title(type, number), language: type.pageLanguage(authority), number: number, type: type,
            department: department, issuedAt: now, validity: ticket.validity)
        let pageDigest = try draft(page, metadata, work, credential: nil).pageDigest(hashing)
        let credential = try credential(spending: ticket, work, pageDigest: pageDigest)
        let pdf = try signed(draft(page, metadata, work, credential: credential), work)
        let texts = type.formats.contains(.sdJWT) ? [(LicenseType.Format.sdJWT, Array(credential.text.utf8))] : []
        return SignedLicense(documents: [(.pdf, pdf)] + texts, signedAt: now)
    }

    /// The page of a license that is not signed yet.
    func page(
        _ ticket: borrowing IssuanceTicket, number: LicenseNumber, issuedOn: CalendarDate, qrText: String
    ) throws(IssueRefusal) -> RenderedPage {
        let content = PageContent(
            type: ticket.type, department: ticket.department, authority: authority, number: number.description,
            holders: ticket.application.holders, values: ticket.application.values, validFrom: ticket.validity.from,
            validUntil: ticket.validity.until, issuedOn: issuedOn, qrText: qrText, isSpecimen: false)
        do {
            return try renderer.render(content)
        } catch {
            throw .page(error)
        }
    }

    private func title(_ type: LicenseType, _ number: LicenseNumber) -> String {
        "\(type.name[type.pageLanguage(authority)]) \(number)"
    }

    /// The page shows this token, so it is signed while the ticket is still held: under the same permission, for the same number.
    ///
    /// RSA signatures of 384 bytes and more leave little room, or none, in a code that prints well. Where the token does not fit,
    /// the page shows an address instead: it proves nothing, and no verifier takes it for a token.
    private func qrText(_ ticket: borrowing IssuanceTicket, _ work: Work) throws -> String {
        let validity = ticket.validity
        let keyID = work.signer.certificateChain.first.map { QRToken.keyID(ofCertificate: $0, hashing: hashing) } ?? []
        let token = try MaskedName(of: ticket.application.holders, in: ticket.type).text { name in
            let token = QRToken(
                number: work.number.description, holderName: name, validFrom: validity.from,
                validUntil: validity.until, issuedAt: work.signedAt, statusURI: work.statusURI,
                statusIndex: work.statusIndex)
            return try token.signed(host: address.qrHost, keyID: keyID, by: work.signer)
        }
        return token ?? "HTTPS://\(address.qrHost)/V/\(work.number)"
    }

    private func credential(
        spending ticket: consuming IssuanceTicket, _ work: Work, pageDigest: Digest?
    ) throws -> Credential {
        let claims = LicenseClaims(
            ticket, number: work.number, statusURI: work.statusURI, statusIndex: work.statusIndex,
            issuedAt: work.signedAt, pageDigest: pageDigest)
        return Credential(
            try SDJWT.signed(
                claims: claims.json(issuer: CertificateAddress.of(address.base)),
                disclosable: claims.disclosable(in: ticket.type),
                hashing: hashing, randomness: randomness, by: work.signer))
    }
}
