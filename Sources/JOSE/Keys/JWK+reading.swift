package import Primitives

extension JWK {
    /// Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4): whoever sends them has lost the key.
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
    private static let modulusBytes = 256...1024

    /// Reads a public signature key.
    ///
    /// - Throws: for private members, other kinds of key, numbers of another length than their kind has, RSA under 2048
    ///   or over 8192 bits, and an `alg` or `use` that does not fit.
    package init(reading object: JSONObject) throws(JWKFault) {
        for name in JWK.privateMembers where object[name] != nil {
            throw JWKFault(reason: "the key has \"\(name)\", which belongs to private keys")
        }
        if let use = object["use"], use.string != "sig" { throw JWKFault(reason: "the key is not for signatures") }
        let key: Key =
            switch object["kty"]?.string {
            case "EC": try JWK.elliptic(object)
            case "RSA": try JWK.rsa(object)
            case "OKP": try JWK.edwards(object)
            default: throw JWKFault(reason: "the key is of no kind that is accepted")
            }
        var algorithm: SignatureAlgorithm?
        if let name = object["alg"] {
            algorithm = name.string.flatMap { SignatureAlgorithm(rawValue: $0) }
            guard let algorithm, algorithm.fits(publicKey: JWK(key).subjectPublicKeyInfo) else {
                throw JWKFault(reason: "the key's \"alg\" does not fit it")
            }
        }
        if let keyID = object["kid"], keyID.string == nil { throw JWKFault(reason: "\"kid\" is not a string") }
        self.init(key, algorithm: algorithm, keyID: object["kid"]?.string)
    }

    private static func number(_ object: JSONObject, _ name: String) throws(JWKFault) -> [UInt8] {
        guard let bytes = object[name]?.string.flatMap({ Base64.decodeURL($0) }), !bytes.isEmpty else {
            throw JWKFault(reason: "\"\(name)\" is missing or not base64url")
        }
        return bytes
    }

    private static func elliptic(_ object: JSONObject) throws(JWKFault) -> Key {
        guard let curve = object["crv"]?.string.flatMap({ Curve(rawValue: $0) }) else {
            throw JWKFault(reason: "the key's curve is not one that is accepted")
        }
        let (x, y) = (try number(object, "x"), try number(object, "y"))
        guard x.count == curve.coordinateLength, y.count == curve.coordinateLength else {
            throw JWKFault(reason: "a coordinate is not as long as the curve's")
        }
        return .elliptic(curve, x: x, y: y)
    }

    private static func rsa(_ object: JSONObject) throws(JWKFault) -> Key {
        let (modulus, exponent) = (try number(object, "n"), try number(object, "e"))
        guard isUsable(modulus: modulus, exponent: exponent) else {
            throw JWKFault(reason: "an RSA key under 2048 or over 8192 bits, or with an unusable exponent")
        }
        return .rsa(modulus: modulus, exponent: exponent)
    }

    /// Numbers without leading zeros (RFC 7518 §2), an odd exponent of 3 to 2^32.
    private static func isUsable(modulus: [UInt8], exponent: [UInt8]) -> Bool {
        guard let first = modulus.first, let low = exponent.last, exponent.first != 0, exponent.count <= 4 else {
            return false
        }
        let bitsOfFirst = 8 - first.leadingZeroBitCount
        let isLongEnough = modulus.count > modulusBytes.lowerBound || bitsOfFirst == 8
        return first != 0 && modulusBytes.contains(modulus.count) && isLongEnough && low & 1 == 1 && exponent != [1]
    }

    private static func edwards(_ object: JSONObject) throws(JWKFault) -> Key {
        guard object["crv"]?.string == "Ed25519" else {
            throw JWKFault(reason: "the key's curve is not one that is accepted")
        }
        let key = try number(object, "x")
        guard key.count == 32 else { throw JWKFault(reason: "an Ed25519 key has 32 bytes") }
        return .ed25519(key)
    }
}

extension JWK {
    /// The key of a DER SubjectPublicKeyInfo; `nil` for other kinds, compressed points and weak RSA.
    package init?(subjectPublicKeyInfo der: [UInt8], algorithm: SignatureAlgorithm? = nil, keyID: String? = nil) {
        guard let info = SubjectPublicKeyInfo(der) else { return nil }
        let key: Key? =
            switch info.kind {
            case .p256: JWK.point(info.key, .p256)
            case .p384: JWK.point(info.key, .p384)
            case .rsa: JWK.rsaPublicKey(info.key)
            case .ed25519: info.key.count == 32 ? .ed25519(info.key) : nil
            case .rsaPSS: nil
            }
        guard let key, algorithm.map({ $0.fits(publicKey: der) }) ?? true else { return nil }
        self.init(key, algorithm: algorithm, keyID: keyID)
    }

    /// An uncompressed point (SEC 1 §2.3.3).
    private static func point(_ bytes: [UInt8], _ curve: Curve) -> Key? {
        let length = curve.coordinateLength
        guard bytes.count == 1 + 2 * length, bytes.first == 4 else { return nil }
        return .elliptic(curve, x: Array(bytes[1...length]), y: Array(bytes[(1 + length)...]))
    }

    /// RFC 8017 §A.1.1.
    private static func rsaPublicKey(_ bytes: [UInt8]) -> Key? {
        var outer = DERReader(bytes[...])
        guard let sequence = outer.content(of: .sequence), outer.isAtEnd else { return nil }
        var inner = DERReader(sequence)
        guard let modulus = inner.unsignedInteger(), let exponent = inner.unsignedInteger(), inner.isAtEnd,
            isUsable(modulus: Array(modulus), exponent: Array(exponent))
        else { return nil }
        return .rsa(modulus: Array(modulus), exponent: Array(exponent))
    }

    /// DER SubjectPublicKeyInfo, as the port `SignatureVerifier` takes it.
    package var subjectPublicKeyInfo: [UInt8] {
        switch key {
        case .elliptic(let curve, let x, let y):
            SubjectPublicKeyInfo(curve == .p256 ? .p256 : .p384, key: [4] + x + y).der
        case .rsa(let modulus, let exponent):
            SubjectPublicKeyInfo(
                .rsa,
                key: DERWriter.value(
                    .sequence, DERWriter.unsignedInteger(modulus[...]) + DERWriter.unsignedInteger(exponent[...]))
            ).der
        case .ed25519(let key): SubjectPublicKeyInfo(.ed25519, key: key).der
        }
    }
}
