import CMS
import Primitives

/// The object identifiers that a verifier compares (RFC 5652 §4).
private enum ContentType {
    static let data = "1.2.840.113549.1.7.1"
}

extension Examination {
    /// Detached content of type id-data, and the signed attributes that PAdES asks for.
    func contentAttributes(_ cms: SignedData) throws(CheckFailure) {
        let (name, reference) = ("signed-attributes", "ETSI EN 319 142-1 §6.3; RFC 5652 §11")
        let fault: String? =
            if cms.contentType != ContentType.data {
                "the signature is over another type of content"
            } else if cms.content != nil {
                "the signature carries content of its own"
            } else if cms.signedAttributes == nil {
                "the signed attributes are missing"
            } else if cms.contentTypeAttribute != ContentType.data {
                "the content-type attribute is missing or another"
            } else if cms.messageDigest == nil {
                "the message-digest attribute is missing"
            } else if cms.signingCertificate == nil {
                "the signing-certificate attribute is missing"
            } else {
                nil
            }
        if let fault { throw failure(name, .formatFailure, fault, reference) }
        passed(name, "content-type, message-digest and signing-certificate are signed", reference)
    }

    /// The bytes of the document are those that were signed.
    func messageDigest(of document: SignedPDF) throws(CheckFailure) {
        let digest = tools.hashing.hash(document.cms.digestAlgorithm, document.parts)
        try require(
            digest == document.cms.messageDigest, "message-digest", .hashFailure,
            passed: "the document's bytes are those that were signed",
            failed: "the document's bytes are not those that were signed", "ETSI EN 319 102-1 §5.2.7; RFC 5652 §5.6")
    }

    /// The certificate that the signature names and that its signed attribute fixes.
    func signingCertificate(of cms: SignedData) throws(CheckFailure) -> Certificate {
        let (name, reference) = ("signing-certificate", "ETSI EN 319 102-1 §5.2.3; RFC 5035 §4")
        guard let der = cms.signerCertificate else {
            throw failure(
                name, .noSigningCertificate, "the signer's certificate is not in the document", reference)
        }
        guard let certificate = tools.paths.certificate(der) else {
            throw failure(name, .formatFailure, "the signer's certificate cannot be read", reference)
        }
        try require(
            cms.namesSigner(der, hashing: tools.hashing), name, .formatFailure,
            passed: "the signed attribute names this certificate",
            failed: "the signed attribute names another certificate than the signer's", reference)
        return certificate
    }

    func signatureValue(of cms: SignedData, _ certificate: Certificate) throws(CheckFailure) {
        let isValid = cms.isSignatureValid(publicKey: certificate.publicKey, verifier: tools.verifier)
        try signatureValue(isValid, certificate, name: "signature")
    }

    /// Records what a signature value is worth. A key too weak to prove anything is told apart from a wrong value.
    func signatureValue(_ isValid: Bool, _ certificate: Certificate, name: String) throws(CheckFailure) {
        let reference = "ETSI EN 319 102-1 §5.2.7, §5.2.8"
        guard !certificate.hasWeakKey else {
            throw failure(
                name, .cryptoConstraints, "the signer's key is too weak: RSA under 2048 bits", reference)
        }
        try require(
            isValid, name, .signatureFailure, passed: "the signature is by the key in the signer's certificate",
            failed: "the signature is not by the key in the signer's certificate", reference)
    }
}

extension Certificate {
    /// Whether the key is RSA of clearly less than 2048 bits. Only chooses the word: the verifier refuses weak keys anyway.
    fileprivate var hasWeakKey: Bool {
        // rsaEncryption (RFC 3279 §2.3.1) in a SubjectPublicKeyInfo with one or two length bytes.
        let name: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
        let isRSA = (4...6).contains { publicKey.dropFirst($0).starts(with: name) }
        // With 2048 bits it takes 292 bytes or more.
        return isRSA && publicKey.count < 290
    }
}
