package import Primitives

extension QRToken {
    /// The text of the QR code: `HTTPS://HOST/V#` and the signed token in Base32, all in upper case.
    ///
    /// A holder's name that does not fit beside a long signature (RSA: 384 bytes) ends in `…`.
    ///
    /// - Parameters:
    ///   - host: with the port where there is one; any case.
    ///   - keyID: see `keyID(ofCertificate:hashing:)`.
    /// - Throws: `QRTokenFault` when the token or the text would be too long to print even so, or would not be read
    ///   back; what the signer throws.
    package func signed(host: String, keyID: [UInt8], by signer: any Signer) throws -> String {
        guard let host = SignedQRToken.upperCased(host.utf8), SignedQRToken.isHost(host) else {
            throw QRTokenFault(reason: "the host cannot stand in a QR code")
        }
        var data = try COSESign1.signed(payload: encodedClaims, keyID: keyID, by: signer)
        if data.count > SignedQRToken.maximumBytes {
            let shorter = try shortened(by: data.count - SignedQRToken.maximumBytes)
            data = try COSESign1.signed(payload: shorter.encodedClaims, keyID: keyID, by: signer)
        }
        let text = SignedQRToken.scheme + host + SignedQRToken.path + Base32.encode(data)
        _ = try SignedQRToken(parsing: text)
        return text
    }

    /// The same with a holder's name that is at least `count` bytes shorter and ends in `…`.
    private func shortened(by count: Int) throws(QRTokenFault) -> QRToken {
        let room = holderName.utf8.count - count
        var name = Substring(holderName)
        while !name.isEmpty, name.utf8.count + "…".utf8.count > room { name.removeLast() }
        guard name.utf8.count + "…".utf8.count <= room else {
            throw QRTokenFault(
                reason: "the token is \(count) bytes too long for a QR code that prints well, even without the name")
        }
        return QRToken(
            number: number, holderName: name + "…", validFrom: validFrom, validUntil: validUntil, issuedAt: issuedAt,
            statusURI: statusURI, statusIndex: statusIndex)
    }
}
