import Primitives

extension JWS {
    private static let maximumHeaderLength = 64 << 10
    private static let maximumChainLength = 10
    private static let maximumDepth = 16
    /// Members that would bring a key from outside, change what is signed, or hide its size
    /// (RFC 7515 §4.1, RFC 7797 §3, RFC 7516 §4.1.3). No extension is understood, so `crit` is refused whatever it lists.
    private static let refusedMembers = ["crit", "b64", "zip", "jwk", "jku", "x5u"]

    /// Reads a compact JWS.
    ///
    /// - Parameters:
    ///   - maximumLength: bytes of text.
    ///   - bringsKey: accepts `jwk` in the header: for proofs of possession (RFC 9449 §4.2) and nothing else.
    /// - Throws: for everything that is not exactly three canonical base64url parts with a header of known meaning.
    package init(parsing text: String, maximumLength: Int = 1 << 20, bringsKey: Bool = false) throws(JWSFault) {
        guard text.utf8.count <= maximumLength else {
            throw JWSFault(reason: "a JWS of more than \(maximumLength) bytes")
        }
        guard let parts = JWS.parts(Array(text.utf8)) else { throw JWSFault(reason: "a compact JWS has three parts") }
        let header = try JWS.header(parts.header, bringsKey: bringsKey)
        guard let payload = Base64.decodeURL(parts.payload) else {
            throw JWSFault(reason: "the payload is not canonical base64url")
        }
        guard let signature = Base64.decodeURL(parts.signature), !signature.isEmpty else {
            throw JWSFault(reason: "the signature is missing or not canonical base64url")
        }
        self.init(
            text: text, header: header, algorithm: try JWS.algorithm(header), payload: payload,
            certificateChain: try JWS.certificateChain(header), signature: signature)
    }

    /// The three parts between the dots of a compact JWS, still encoded.
    package static func parts(
        _ text: [UInt8]
    ) -> (header: ArraySlice<UInt8>, payload: ArraySlice<UInt8>, signature: ArraySlice<UInt8>)? {
        let dot = UInt8(ascii: ".")
        guard let first = ByteScan.firstIndex(of: dot, in: text[...]),
            let second = ByteScan.firstIndex(of: dot, in: text[(first + 1)...]),
            ByteScan.firstIndex(of: dot, in: text[(second + 1)...]) == nil
        else { return nil }
        return (text[..<first], text[(first + 1)..<second], text[(second + 1)...])
    }

    private static func header(_ text: ArraySlice<UInt8>, bringsKey: Bool) throws(JWSFault) -> JSONObject {
        guard text.count <= maximumHeaderLength else { throw JWSFault(reason: "the header is too long") }
        guard let bytes = Base64.decodeURL(text) else {
            throw JWSFault(reason: "the header is not canonical base64url")
        }
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes, maximumDepth: maximumDepth)
        } catch {
            throw JWSFault(reason: "the header is not strict JSON: \(error)")
        }
        guard let header = value.object else { throw JWSFault(reason: "the header is not a JSON object") }
        for name in refusedMembers where header[name] != nil && !(bringsKey && name == "jwk") {
            throw JWSFault(reason: "the header has \"\(name)\", which is never accepted")
        }
        for name in ["typ", "kid", "cty"] {
            guard let value = header[name], value.string == nil else { continue }
            throw JWSFault(reason: "the header's \"\(name)\" is not a string")
        }
        return header
    }

    private static func algorithm(_ header: JSONObject) throws(JWSFault) -> SignatureAlgorithm {
        guard let name = header["alg"]?.string else { throw JWSFault(reason: "the header names no algorithm") }
        guard let algorithm = SignatureAlgorithm(rawValue: name) else {
            throw JWSFault(reason: "the header's algorithm is not one that is accepted")
        }
        return algorithm
    }

    /// RFC 7515 §4.1.6: standard base 64, not base64url.
    private static func certificateChain(_ header: JSONObject) throws(JWSFault) -> [[UInt8]] {
        guard let value = header["x5c"] else { return [] }
        guard let texts = value.array, (1...maximumChainLength).contains(texts.count) else {
            throw JWSFault(reason: "\"x5c\" is not a list of 1 to \(maximumChainLength) certificates")
        }
        var chain: [[UInt8]] = []
        for text in texts {
            guard let certificate = text.string.flatMap({ Base64.decode($0) }), !certificate.isEmpty else {
                throw JWSFault(reason: "\"x5c\" holds something that is not base 64")
            }
            chain.append(certificate)
        }
        return chain
    }
}
