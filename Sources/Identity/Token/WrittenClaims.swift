import Primitives

/// Reads the claims of an access token in the form and order in which `AccessToken.payload` writes them. For tokens of which
/// every byte was checked before: a tree of all claims, as other tokens get, costs more than the rest of an introspection.
struct WrittenClaims {
    /// The end of year 9999, as `NumericDate` has it.
    private static let lastMoment: Int64 = 253_402_300_799
    private static let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))

    private let bytes: [UInt8]
    private var index = 0

    private init(_ payload: [UInt8]) {
        bytes = payload
    }

    /// - Returns: `nil` for everything in another form: such a token is read as any other.
    static func token(_ payload: [UInt8], issuer: String) -> AccessToken? {
        var claims = WrittenClaims(payload)
        return claims.token(issuer: issuer)
    }

    /// The claims in the order of `AccessToken.eachClaim`.
    private mutating func token(issuer: String) -> AccessToken? {
        guard skip(#"{"iss":""#), skip(issuer), skip(#"","sub":"#), let subject = text(),
            skip(#","client_id":"#), let clientID = text(), skip(#","aud":"#), let audiences = texts(),
            skip(#","iat":"#), let issuedAt = moment(), skip(#","exp":"#), let expiresAt = moment(),
            skip(#","jti":"#), let id = text(),
            let scope = optional(#","scope":"#, { $0.text() }), let sessionName = optional(#","sid":"#, { $0.text() }),
            let grantID = optional(#","gid":"#, { $0.plain().flatMap { Identifier<Grant>(digits: $0) } }),
            let acr = optional(#","acr":"#, { $0.text().flatMap { Assurance(rawValue: $0) } }),
            let authenticatedAt = optional(#","auth_time":"#, { $0.moment() }),
            let actor = optional(#","act":"#, { $0.object() }),
            let keyThumbprint = optional(#","cnf":"#, { $0.object()?["jkt"]?.string }),
            let origins = optional(#","from":"#, { $0.texts() }), skip("}"), index == bytes.count
        else { return nil }
        return AccessToken(
            id: id, subject: subject, clientID: clientID, scope: scope ?? "", audiences: audiences, issuedAt: issuedAt,
            expiresAt: expiresAt, grantID: grantID, sessionName: sessionName, acr: acr,
            authenticatedAt: authenticatedAt, actor: actor, keyThumbprint: keyThumbprint, origins: origins ?? [])
    }

    /// A claim that need not be there.
    ///
    /// - Returns: `.some(nil)` where it is not; `nil` where it is of another form.
    private mutating func optional<Value>(
        _ start: String, _ value: (inout WrittenClaims) -> Value?
    ) -> Value?? {
        guard skip(start) else { return .some(nil) }
        return value(&self).map { .some($0) }
    }

    /// Goes past `expected`, if that is what comes.
    private mutating func skip(_ expected: String) -> Bool {
        guard ByteScan.stands(expected, in: bytes, at: index) else { return false }
        index += expected.utf8.count
        return true
    }

    private mutating func text() -> String? {
        plain().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a string in which nothing is escaped.
    private mutating func plain() -> ArraySlice<UInt8>? {
        guard index < bytes.count, bytes[index] == WrittenClaims.quote,
            let end = ByteScan.firstIndex(of: WrittenClaims.quote, in: bytes[(index + 1)...])
        else { return nil }
        let text = bytes[(index + 1)..<end]
        guard ByteScan.firstIndex(of: WrittenClaims.backslash, in: text) == nil else { return nil }
        index = end + 1
        return text
    }

    /// One string, or a list of one or more.
    private mutating func texts() -> [String]? {
        if let text = text() { return [text] }
        guard skip("[") else { return nil }
        var texts: [String] = []
        repeat {
            guard let text = text() else { return nil }
            texts.append(text)
        } while skip(",")
        return skip("]") ? texts : nil
    }

    private mutating func moment() -> Instant? {
        var seconds: Int64 = 0
        var digits = 0
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            guard digits < 12 else { return nil }
            seconds = seconds * 10 + Int64(bytes[index] - 0x30)
            digits += 1
            index += 1
        }
        return digits > 0 && seconds <= WrittenClaims.lastMoment ? Instant(secondsSinceEpoch: seconds) : nil
    }

    /// An object, up to the brace that closes it.
    private mutating func object() -> JSONObject? {
        var (end, depth, isInText) = (index, 0, false)
        while end < bytes.count {
            switch bytes[end] {
            case WrittenClaims.backslash: return nil
            case WrittenClaims.quote: isInText.toggle()
            case UInt8(ascii: "{") where !isInText: depth += 1
            case UInt8(ascii: "}") where !isInText: depth -= 1
            default: break
            }
            end += 1
            if depth == 0 { break }
        }
        defer { index = end }
        return (try? JSONReader.read(Array(bytes[index..<end]), maximumDepth: 16))?.object
    }
}
