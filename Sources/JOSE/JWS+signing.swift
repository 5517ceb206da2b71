package import Primitives

extension JWS {
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
        let input = header.encoded + "." + Base64.encodeURL(payload)
        let value = try signer.signature(over: Array(input.utf8))
        guard let signature = signer.algorithm.joseSignature(port: value) else {
            throw JWSFault(reason: "the signer made no \(signer.algorithm.rawValue) signature")
        }
        return input + "." + Base64.encodeURL(signature)
    }
}
