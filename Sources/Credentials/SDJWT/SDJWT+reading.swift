import JOSE
package import Primitives

extension SDJWT {
    static let maximumDisclosures = 4096
    private static let maximumDepth = 32

    /// Reads an SD-JWT, with or without key binding, and resolves every digest (RFC 9901 §7.1).
    ///
    /// - Parameters:
    ///   - maximumLength: bytes of the whole text.
    ///   - type: what the header's `typ` must be; SD-JWT VCs must have a `vct` as well.
    /// - Throws: for everything that RFC 9901 §7.1 or SD-JWT VC refuses, and for a `nbf`, `exp` or `iat` that is no
    ///   moment. Whether the moments fit is `isCurrent(at:)`.
    package init(
        parsing text: String, hashing: any Hashing, maximumLength: Int = 4 << 20, type: String = SDJWT.credentialType
    ) throws(SDJWTFault) {
        guard text.utf8.count <= maximumLength else {
            throw SDJWTFault(reason: "an SD-JWT of more than \(maximumLength) bytes")
        }
        var parts = text.utf8.split(
            separator: UInt8(ascii: "~"), maxSplits: SDJWT.maximumDisclosures + 2, omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        guard parts.count > 1, parts.count <= SDJWT.maximumDisclosures + 2, let last = parts.popLast() else {
            throw SDJWTFault(
                reason: "no \"~\" ends the issuer's part, or more than \(SDJWT.maximumDisclosures) disclosures")
        }
        let jws = try SDJWT.jws(parts.removeFirst(), maximumLength: maximumLength, type: type)
        keyBinding = last.isEmpty ? nil : try SDJWT.jws(last, maximumLength: 64 << 10, type: "kb+jwt").text
        var payload = try SDJWT.payload(jws)
        if type == SDJWT.credentialType, payload["vct"]?.string?.isEmpty ?? true {
            throw SDJWTFault(reason: "\"vct\" is missing")
        }
        var resolver = try DisclosureResolver(
            disclosures: parts, algorithm: try SDJWT.hashAlgorithm(payload["_sd_alg"]), hashing: hashing)
        payload["_sd_alg"] = nil
        claims = try resolver.resolve(payload)
        disclosedPaths = try resolver.finish()
        (self.jws, disclosures) = (jws, parts)
        for path in disclosedPaths {
            guard case .member(let name) = path.first, SDJWT.alwaysShown.contains(name) else { continue }
            throw SDJWTFault(reason: "\"\(name)\" may not be selectively disclosable")
        }
        for name in ["nbf", "exp", "iat"] where claims[name] != nil && NumericDate.read(claims[name]) == nil {
            throw SDJWTFault(reason: "\"\(name)\" is no moment")
        }
    }

    private static func jws(_ text: String, maximumLength: Int, type: String) throws(SDJWTFault) -> JWS {
        let jws: JWS
        do {
            jws = try JWS(parsing: text, maximumLength: maximumLength)
        } catch {
            throw SDJWTFault(reason: error.reason)
        }
        guard jws.type == type else { throw SDJWTFault(reason: "the type is not \(type)") }
        return jws
    }

    private static func payload(_ jws: JWS) throws(SDJWTFault) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONReader.read(jws.payload, maximumDepth: maximumDepth)
        } catch {
            throw SDJWTFault(reason: "the payload is not strict JSON: \(error)")
        }
        guard let payload = value.object else { throw SDJWTFault(reason: "the payload is not a JSON object") }
        return payload
    }

    /// RFC 9901 §4.1.1: SHA-256 where nothing is said.
    private static func hashAlgorithm(_ value: JSONValue?) throws(SDJWTFault) -> HashAlgorithm {
        guard let value else { return .sha256 }
        switch value.string {
        case "sha-256": return .sha256
        case "sha-384": return .sha384
        case "sha-512": return .sha512
        default: throw SDJWTFault(reason: "the hash of \"_sd_alg\" is not one that is accepted")
        }
    }
}
