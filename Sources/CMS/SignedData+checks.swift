package import Primitives

/// What can be checked without paths and anchors. Each is one question; none implies another.
extension SignedData {
    /// Whether `signature` over the signed attributes is by `publicKey`. Never true without signed attributes: there
    /// the attributes of one signature could be passed off as the content of another.
    ///
    /// - Parameter publicKey: DER SubjectPublicKeyInfo.
    package func isSignatureValid(publicKey: [UInt8], verifier: any SignatureVerifier) -> Bool {
        guard let signedAttributes else { return false }
        return verifier.isValid(signature, over: signedAttributes, scheme: scheme, publicKey: publicKey)
    }

    /// Whether the signer says under its signature that `certificate` is its own (RFC 5035 §3).
    ///
    /// - Parameter certificate: DER.
    package func namesSigner(_ certificate: [UInt8], hashing: any Hashing) -> Bool {
        guard let signingCertificate else { return false }
        return hashing.hash(signingCertificate.algorithm, [certificate[...]]) == signingCertificate.hash
    }

    /// Whether `parts` in order are what was signed.
    package func isDigest(of parts: [ArraySlice<UInt8>], hashing: any Hashing) -> Bool {
        messageDigest == hashing.hash(digestAlgorithm, parts)
    }
}
