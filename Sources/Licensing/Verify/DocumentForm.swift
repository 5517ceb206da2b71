import Credentials

/// What an input looks like from outside; decides which list of checks it meets.
enum DocumentForm: Hashable, Sendable {
    case pdf
    /// The text without surrounding white space.
    case credential(String)
    case qr(String)

    /// Beyond this no text is looked at: a credential with photos stays far below.
    private static let maximumText = 8 << 20

    /// `nil` when the form is not known.
    init?(of bytes: [UInt8]) {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .pdf
            return
        }
        guard bytes.count <= DocumentForm.maximumText, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let trimmed = text.trimmingWhiteSpace
        if SignedQRToken.looksLike(trimmed) {
            self = .qr(trimmed)
        } else if DocumentForm.looksLikeCredential(trimmed) {
            self = .credential(trimmed)
        } else {
            return nil
        }
    }

    var format: Verdict.Format {
        switch self {
        case .pdf: .pades
        case .credential: .sdJWTVC
        case .qr: .qr
        }
    }

    /// A compact JWS, with or without disclosures: one that lost its last `~` still gets a verdict.
    private static func looksLikeCredential(_ text: String) -> Bool {
        // `{"` and `{` with white space in base64url (RFC 7515 §3.1).
        guard text.hasPrefix("ey") || text.hasPrefix("ew") else { return false }
        let token = text.utf8.prefix { $0 != UInt8(ascii: "~") }
        guard token.lazy.filter({ $0 == UInt8(ascii: ".") }).count == 2 else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension String {
    /// Without ASCII white space and byte order marks at both ends.
    fileprivate var trimmingWhiteSpace: String {
        var scalars = unicodeScalars[...]
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar == " " || ("\t"..."\r").contains(scalar) || scalar == "\u{FEFF}"
        }
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
