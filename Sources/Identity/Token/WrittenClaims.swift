import Primitives

/// Reads the claims of an access token in the form in which `AccessToken.payload` writes them, member by member. For
/// tokens of which every byte was checked before: a tree of all claims, as other tokens get, costs more than the rest of an
/// introspection.
struct WrittenClaims {
    /// The end of year 9999, as `NumericDate` has it.
    private static let lastMoment: Int64 = 253_402_300_799
    private static let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))

    private var rest: ArraySlice<UInt8>

    private var id, subject, clientID, scope: String?
    private var audiences: [String] = []
    private var issuedAt, expiresAt, authenticatedAt: Instant?
    private var grantID: Identifier<Grant>?
    private var sessionName: String?
    private var acr: Assurance?
    private var actor: JSONObject?
    private var keyThumbprint: String?
    private var origins: [String] = []

    private init(_ payload: [UInt8]) {
        rest = payload[...]
    }

    /// - Returns: `nil` for everything in another form: such a token is read as any other.
    static func token(_ payload: [UInt8], issuer: String) -> AccessToken? {
        var claims = WrittenClaims(payload)
        guard claims.skip("{") else { return nil }
        repeat {
            guard let name = claims.text(), claims.skip(":") else { return nil }
            let isTaken = name == "iss" ? claims.text() == issuer : claims.take(name)
            guard isTaken else { return nil }
        } while claims.skip(",")
        return claims.skip("}") && claims.rest.isEmpty ? claims.token : nil
    }

    private var token: AccessToken? {
        guard let id, let subject, let clientID, let issuedAt, let expiresAt, !audiences.isEmpty else { return nil }
        return AccessToken(
            id: id, subject: subject, clientID: clientID, scope: scope ?? "", audiences: audiences, issuedAt: issuedAt,
            expiresAt: expiresAt, grantID: grantID, sessionName: sessionName, acr: acr,
            authenticatedAt: authenticatedAt, actor: actor, keyThumbprint: keyThumbprint, origins: origins)
    }

    /// Takes the value of a claim; `false` where the claim or its form is another.
    private mutating func take(_ name: String) -> Bool {
        switch name {
        case "sub": return take(text(), \.subject)
        case "client_id": return take(text(), \.clientID)
        case "aud": return take(texts(), \.audiences)
        case "iat": return take(moment(), \.issuedAt)
        case "exp": return take(moment(), \.expiresAt)
        case "jti": return take(text(), \.id)
        case "scope": return take(text(), \.scope)
        case "sid": return take(text(), \.sessionName)
        case "gid": return take(text().flatMap { Identifier($0) }, \.grantID)
        case "acr": return take(text().flatMap { Assurance(rawValue: $0) }, \.acr)
        case "auth_time": return take(moment(), \.authenticatedAt)
        case "act": return take(object(), \.actor)
        case "cnf": return take(object()?["jkt"]?.string, \.keyThumbprint)
        case "from": return take(texts(), \.origins)
        default: return false
        }
    }

    private mutating func take<Value>(_ value: Value?, _ place: WritableKeyPath<WrittenClaims, Value?>) -> Bool {
        self[keyPath: place] = value
        return value != nil
    }

    private mutating func take(_ value: [String]?, _ place: WritableKeyPath<WrittenClaims, [String]>) -> Bool {
        self[keyPath: place] = value ?? []
        return value != nil
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A string in which nothing is escaped.
    private mutating func text() -> String? {
        guard rest.first == WrittenClaims.quote,
            let end = ByteScan.firstIndex(of: WrittenClaims.quote, in: rest.dropFirst())
        else { return nil }
        let text = rest[(rest.startIndex + 1)..<end]
        guard ByteScan.firstIndex(of: WrittenClaims.backslash, in: text) == nil else { return nil }
        rest = rest[(end + 1)...]
        return String(decoding: text, as: UTF8.self)
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
        while let byte = rest.first, (0x30...0x39).contains(byte) {
            guard digits < 12 else { return nil }
            seconds = seconds * 10 + Int64(byte - 0x30)
            digits += 1
            rest = rest.dropFirst()
        }
        return digits > 0 && seconds <= WrittenClaims.lastMoment ? Instant(secondsSinceEpoch: seconds) : nil
    }

    /// An object, up to the brace that closes it.
    private mutating func object() -> JSONObject? {
        var (index, depth, isInText) = (rest.startIndex, 0, false)
        while index < rest.endIndex {
            switch rest[index] {
            case WrittenClaims.backslash: return nil
            case WrittenClaims.quote: isInText.toggle()
            case UInt8(ascii: "{") where !isInText: depth += 1
            case UInt8(ascii: "}") where !isInText: depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { break }
        }
        defer { rest = rest[index...] }
        return (try? JSONReader.read(Array(rest[..<index]), maximumDepth: 16))?.object
    }
}
