package import Primitives

extension QRToken {
    /// The text of the QR code: `HTTPS://HOST/V#` and the signed token in Base32, all in upper case.
    ///
    /// - Parameters:
    ///   - host: with the port where there is one; any case.
    ///   - keyID: see `keyID(ofCertificate:hashing:)`.
    /// - Throws: `QRTokenFault` when the token or the text would be too long to print or would not be read back;
    ///   what the signer throws.
    package func signed(host: String, keyID: [UInt8], by signer: any Signer) throws -> String {
        guard let host = SignedQRToken.upperCased(host.utf8), SignedQRToken.isHost(host) else {
            throw QRTokenFault(reason: "the host cannot stand in a QR code")
        }
        let data = try COSESign1.signed(payload: encodedClaims, keyID: keyID, by: signer)
        let text = SignedQRToken.scheme + host + SignedQRToken.path + Base32.encode(data)
        guard data.count <= SignedQRToken.maximumBytes, text.utf8.count <= SignedQRToken.maximumLength else {
            throw QRTokenFault(reason: "the token has \(data.count) bytes, too many for a QR code that prints well")
        }
        _ = try SignedQRToken(parsing: text)
        return text
    }
}
