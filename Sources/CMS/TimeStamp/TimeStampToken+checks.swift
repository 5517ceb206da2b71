package import Primitives

extension TimeStampToken {
    /// Whether the token is over `data`, unchanged and signed with the key of the certificate it names. Whether that
    /// certificate leads to an anchor and may time-stamp is for the caller to find out.
    package func isValid(over data: [UInt8], hashing: any Hashing, verifier: any SignatureVerifier) -> Bool {
        isOver(data, hashing: hashing) && isContentUntouched(hashing: hashing) && namesItsSigner(hashing: hashing)
            && isSignatureValid(verifier: verifier)
    }

    /// Whether the imprint is the hash of `data`; a token copied from elsewhere fails here.
    package func isOver(_ data: [UInt8], hashing: any Hashing) -> Bool {
        isOver([data[...]], hashing: hashing)
    }

    /// Whether the imprint is the hash of `parts` in order, as for a document time-stamp.
    package func isOver(_ parts: [ArraySlice<UInt8>], hashing: any Hashing) -> Bool {
        hashing.hash(imprintAlgorithm, parts) == imprint
    }

    /// Whether time and imprint are those that were signed. That the signature says it is over a TSTInfo, the reader
    /// made sure of.
    package func isContentUntouched(hashing: any Hashing) -> Bool {
        guard let content = signedData.content else { return false }
        return signedData.isDigest(of: [content[...]], hashing: hashing)
    }

    /// Whether the signing-certificate attribute names the certificate that the signer's identifier does.
    package func namesItsSigner(hashing: any Hashing) -> Bool {
        signedData.signerCertificate.map { signedData.namesSigner($0, hashing: hashing) } ?? false
    }

    /// Whether the signature value is by the key in that certificate.
    package func isSignatureValid(verifier: any SignatureVerifier) -> Bool {
        signedData.signerPublicKey.map { signedData.isSignatureValid(publicKey: $0, verifier: verifier) } ?? false
    }
}
