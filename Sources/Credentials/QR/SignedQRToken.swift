package import Primitives

/// The text of a license's QR code, `HTTPS://HOST/V#` and Base32 of a COSE_Sign1; read but not verified.
package struct SignedQRToken: Sendable {
    static let scheme = "HTTPS://"
    static let path = "/V#"
    /// Of the COSE_Sign1. Larger codes do not survive printing.
    static let maximumBytes = 600
    /// Of the text: what a version 20 code holds at level M (ISO/IEC 18004 table 7), with `#` as its only byte outside
    /// the alphanumeric mode.
    static let maximumLength = 960
    private static let maximumKeyIDLength = 64

    package let token: QRToken
    /// In lower case, with the port where there is one. Not signed: only the signature says who speaks.
    package let host: String
    /// Names the signer's certificate; see `QRToken.keyID(ofCertificate:hashing:)`.
    package let keyID: [UInt8]
    package let algorithm: SignatureAlgorithm
    private let envelope: COSESign1

    /// Reads a text in either case with white space around it.
    package init(parsing text: String) throws(QRTokenFault) {
        let bytes = SignedQRToken.trimmed(text)
        guard let (host, fragment) = SignedQRToken.parts(bytes) else {
            throw QRTokenFault(reason: "the text is not HTTPS://HOST/V# and Base32 of at most \(Self.maximumLength)")
        }
        guard let data = Base32.decode(fragment), data.count <= SignedQRToken.maximumBytes else {
            throw QRTokenFault(reason: "the token is not canonical Base32, or is too long")
        }
        do {
            envelope = try COSESign1(parsing: data)
        } catch {
            throw QRTokenFault(reason: error.reason)
        }
        guard envelope.unprotectedHeader.isEmpty else { throw QRTokenFault(reason: "a header that is not signed") }
        guard let keyID = envelope.keyID, (1...SignedQRToken.maximumKeyIDLength).contains(keyID.count) else {
            throw QRTokenFault(reason: "the token does not name its key")
        }
        token = try QRToken(claims: envelope.payload)
        (self.host, self.keyID, algorithm) = (host.lowercased(), keyID, envelope.algorithm)
    }

    /// Whether the token is signed by `publicKey`, a DER SubjectPublicKeyInfo.
    package func isValid(publicKey: [UInt8], verifier: any SignatureVerifier) -> Bool {
        envelope.isValid(publicKey: publicKey, verifier: verifier)
    }

    /// Whether `text` has the outer form of such a text.
    package static func looksLike(_ text: String) -> Bool { parts(trimmed(text)) != nil }

    /// Without ASCII white space at both ends.
    private static func trimmed(_ text: String) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let bytes = Array(text.utf8).drop(while: isSpace)
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
        return bytes[...last]
    }

    private static func parts(_ bytes: ArraySlice<UInt8>) -> (host: String, fragment: String)? {
        guard bytes.count <= maximumLength, let text = upperCased(bytes), text.hasPrefix(scheme),
            let mark = text.firstIndex(of: "#")
        else { return nil }
        let (address, fragment) = (text[..<mark], text[text.index(after: mark)...])
        let host = address.dropFirst(scheme.count).dropLast(path.count - 1)
        guard address.hasSuffix(path.dropLast()), isHost(host), !fragment.isEmpty else { return nil }
        return (String(host), String(fragment))
    }

    /// `nil` unless all is ASCII: beyond it several letters share one upper case.
    static func upperCased(_ bytes: some Sequence<UInt8>) -> String? {
        var result: [UInt8] = []
        for byte in bytes {
            guard byte < 0x80 else { return nil }
            result.append((0x61...0x7A).contains(byte) ? byte - 0x20 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Upper-case letters, digits and what stands in names, addresses and ports (RFC 3986 §3.2.2).
    static func isHost(_ host: some StringProtocol) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x3A, 0x41...0x5A, 0x2D, 0x2E, 0x5B, 0x5D: true
                default: false
                }
            }
    }
}
