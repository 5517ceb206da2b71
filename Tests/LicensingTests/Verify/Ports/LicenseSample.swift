import CMS
import Credentials
import Licensing
import OpenSSLCrypto
import PDF
import Primitives

/// One line of text on a sample page.
struct SampleText {
    /// Empty: outside of every field.
    var field: String
    var value: String?
    var text: String
    var isHidden = false
}

/// A license as the office issues it; every part may be bent before it is signed.
struct LicenseSample {
    static let hashing = OpenSSLHashing()
    static let randomness = OpenSSLRandomness()
    static let statusURI = "https://\(TestTrust.host)/status-lists/1"
    static let statusIndex = 5

    let trust: TestTrust
    var number: String
    var pdfSigner: TestParty
    var credentialSigner: TestParty
    /// `nil`: level B-B.
    var stamper: TestParty?
    var signedAt = TestTrust.signedAt
    var claims: JSONObject
    var disclosable: [[ClaimPathStep]] = [
        [.member("holders"), .element(0), .member("name")], [.member("holders"), .element(0), .member("id")],
        [.member("fields"), .member("residence")],
    ]
    var texts: [SampleText]
    /// The number that the metadata say.
    var metadataNumber: String
    /// Replaces the credential inside the PDF; an empty list: no attachment.
    var attached: [String]?
    /// Changes the CMS before it goes into the document.
    var bendSignature: (inout DERNode) -> Void = { _ in }
    /// Replaces the time-stamp tokens.
    var token: [UInt8]?

    init(serial: String = "20260000001", from: String = "2026-11-20", until: String? = "2027-11-19") throws {
        trust = try TestTrust.shared
        let number = LicenseNumber(
            typeCode: TestTrust.typeCode, issuerCode: TestTrust.marketCode, serial: serial, version: 1)
        let text = number?.description ?? ""
        (self.number, metadataNumber) = (text, text)
        (pdfSigner, credentialSigner, stamper) = (trust.market, trust.market, trust.timeStamp)
        claims = LicenseSample.claims(text, from: from, until: until)
        texts = [
            SampleText(field: "number", text: text), SampleText(field: "holder.name", text: "Wide Sea Trading"),
            SampleText(field: "residence", text: "12 Harbour Street"),
            SampleText(field: "kind", value: "limited", text: "Limited liability company"),
            SampleText(field: "validFrom", value: from, text: from),
            SampleText(field: "issuedOn", value: "2026-11-20", text: "20 November 2026"),
        ]
    }

    private static func claims(_ number: String, from: String, until: String?) -> JSONObject {
        var claims = JSONObject([
            ("iss", .string("https://\(TestTrust.host)")),
            ("iat", .integer(TestTrust.signedAt.secondsSinceEpoch)),
            ("vct", .string(LicenseClaims.credentialType(of: TestTrust.typeCode))),
            ("status", ["status_list": ["idx": .integer(statusIndex), "uri": .string(statusURI)]]),
            ("number", .string(number)),
            ("type", ["code": .string(TestTrust.typeCode), "name": ["en": "Business License"]]),
            ("issuer", ["code": .string(TestTrust.marketCode), "name": ["en": "Market Regulation Bureau"]]),
            ("holders", [["name": "Wide Sea Trading", "idType": "001", "id": "91990000M000100Y43"]]),
            ("validFrom", .string(from)),
            ("fields", ["residence": "12 Harbour Street", "kind": "limited"]),
        ])
        claims["validUntil"] = until.map { .string($0) }
        return claims
    }

    // MARK: Documents

    /// The standalone SD-JWT VC.
    func credential() throws -> String {
        try credential(pageDigest: draft(attachments: []).pageDigest(Self.hashing))
    }

    func pdf() throws -> [UInt8] {
        let digest = try draft(attachments: []).pageDigest(Self.hashing)
        let unsigned = try draft(attachments: attached ?? [credential(pageDigest: digest)]).signable()
        return try unsigned.embedding(signature(over: unsigned.signedParts))
    }

    func qr(host: String = TestTrust.host) throws -> String {
        let from = claims["validFrom"]?.string.flatMap { CalendarDate($0) }
        let token = QRToken(
            number: number, holderName: "Wide Sea Trading", validFrom: from ?? TestTrust.now.date,
            validUntil: claims["validUntil"]?.string.flatMap { CalendarDate($0) }, issuedAt: signedAt,
            statusURI: Self.statusURI, statusIndex: Self.statusIndex)
        let keyID = QRToken.keyID(ofCertificate: credentialSigner.certificate, hashing: Self.hashing)
        return try token.signed(host: host, keyID: keyID, by: credentialSigner.signer)
    }

    /// The detached CMS over `parts`.
    func signature(over parts: [ArraySlice<UInt8>]) throws -> [UInt8] {
        let signer = try pdfSigner.signer
        let stamp: (([UInt8]) throws -> [UInt8])? =
            stamper == nil && token == nil
            ? nil : { value in try token ?? Self.timeStamp(over: value, by: stamper, at: signedAt) }
        var node = DERNode(
            try PAdESSignature.make(
                messageDigest: Self.hashing.hash(signer.algorithm.hash, parts), by: signer, hashing: Self.hashing,
                timeStamp: stamp))
        bendSignature(&node)
        return node.encoded
    }

    static func timeStamp(over data: [UInt8], by stamper: TestParty?, at: Instant) throws -> [UInt8] {
        guard let stamper else { return [] }
        return try TimeStampAuthority(signer: stamper.signer, hashing: hashing, randomness: randomness).token(
            hash: hashing.sha256(data).bytes, algorithm: .sha256, at: at)
    }

    private func credential(pageDigest: Digest) throws -> String {
        var claims = claims
        if claims["page"] == nil { claims["page"] = ["sha-256": .string(Base64.encodeURL(pageDigest.bytes))] }
        return try SDJWT.signed(
            claims: claims, disclosable: disclosable, hashing: Self.hashing, randomness: Self.randomness,
            by: credentialSigner.signer)
    }

    private func draft(attachments: [String]) throws -> PDFDraft {
        var builder = PDFBuilder()
        let page = SamplePage.add(texts, to: &builder)
        // Names of attachments cannot repeat, so a second one goes by another.
        let files = attachments.enumerated().map { index, text in
            PDFAttachment(
                name: index == 0 ? "license.jwt" : "license\(index).jwt", mimeType: "application/dc+sd-jwt",
                description: "license", bytes: Array(text.utf8), modifiedAt: signedAt)
        }
        return PDFDraft(
            builder: builder, pages: [page], title: "License", language: "en",
            metadata: SamplePage.metadata(number: metadataNumber), attachments: files,
            identifier: [UInt8](repeating: 7, count: 16),
            signature: PDFSignatureDraft(signerName: "Office", signedAt: signedAt, reservedBytes: 12_000))
    }
}

/// A page of a few lines, drawn with a font that every reader has.
enum SamplePage {
    static func add(_ texts: [SampleText], to builder: inout PDFBuilder) -> PDFReference {
        var content = ""
        for (index, text) in texts.enumerated() {
            let value = text.value.map { " /Value (\($0))" } ?? ""
            if !text.field.isEmpty { content += "/ChanceryField <</Name (\(text.field))\(value)>> BDC\n" }
            let mode = text.isHidden ? 3 : 0
            content += "BT /F1 12 Tf \(mode) Tr 1 0 0 1 72 \(720 - 20 * index) Tm (\(text.text)) Tj ET\n"
            if !text.field.isEmpty { content += "EMC\n" }
        }
        let font = builder.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type1"), "BaseFont": .name("Helvetica"),
                "Encoding": .name("WinAnsiEncoding"),
            ]))
        // Not compressed, so that a test can find its words.
        let stream = builder.add(.stream(PDFStream(dictionary: [:], encodedBytes: Array(content.utf8))))
        return builder.add(
            .dictionary([
                "Type": .name("Page"), "MediaBox": .array([0, 0, 595, 842].map { .integer($0) }),
                "Resources": .dictionary(["Font": .dictionary(["F1": .reference(font)])]),
                "Contents": .reference(stream),
            ]))
    }

    static func metadata(number: String) -> [UInt8] {
        Array(
            """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:license="urn:chancery:license-metadata:1:">
            <license:ZZBS>\(number)</license:ZZBS>
            <license:ZZMC>Business License</license:ZZMC>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """.utf8)
    }
}
