package import Primitives

extension JWS {
    private static let dot = UInt8(ascii: ".")
    /// Bytes for two dots and the signature of an elliptic curve.
    private static let room = 96

    /// Makes a compact JWS.
    ///
    /// - Parameters:
    ///   - header: without `alg`, which is the signer's and stands first.
    ///   - includesChain: puts the signer's certificates into `x5c`.
    /// - Throws: `JWSFault` when there is no certificate to include, or whatever the signer throws.
    package static func signed(
        payload: [UInt8], header: JSONObject, includesChain: Bool, by signer: any Signer
    ) throws -> String {
        var complete = JSONObject([("alg", .string(signer.algorithm.rawValue))])
        for (name, value) in header.members where name != "alg" { complete[name] = value }
        if includesChain {
            guard !signer.certificateChain.isEmpty else { throw JWSFault(reason: "the signer has no certificate") }
            complete["x5c"] = .array(signer.certificateChain.map { .string(Base64.encode($0)) })
        }
        return try signed(payload: payload, header: PreparedHeader(complete), by: signer)
    }

    /// Makes a compact JWS whose header was written before: many tokens have the same.
    ///
    /// - Throws: as above.
    package static func signed(
        payload: [UInt8], header: PreparedHeader, by signer: any Signer
    ) throws -> String {
        var text = Array(header.encoded.utf8)
        text.reserveCapacity(text.count + payload.count * 4 / 3 + JWS.room)
        text.append(dot)
        Base64.appendURL(payload, to: &text)
        guard let signature = signer.algorithm.joseSignature(port: try signer.signature(over: text)) else {
            throw JWSFault(reason: "the signer made no \(signer.algorithm.rawValue) signature")
        }
        text.append(dot)
        Base64.appendURL(signature, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
