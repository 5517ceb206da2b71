import JOSE
import Primitives

extension StatusListToken {
    /// A list of 4 MiB that does not compress, twice in base64url, and its other claims.
    private static let maximumLength = 8 << 20
    private static let maximumDepth = 16

    /// Reads a token; verifies no signature and compares no moment with the clock.
    ///
    /// - Throws: when it is no strict JWS of type `statuslist+jwt`, lacks a required claim, or holds no status list.
    package init(parsing text: String) throws(StatusListFault) {
        let jws: JWS
        do {
            jws = try JWS(parsing: text, maximumLength: StatusListToken.maximumLength)
        } catch {
            throw StatusListFault(reason: error.reason)
        }
        guard jws.type == StatusListToken.type else {
            throw StatusListFault(reason: "the token's type is not \(StatusListToken.type)")
        }
        let claims = try StatusListToken.claims(jws)
        guard let subject = claims["sub"]?.string, (1...2048).contains(subject.utf8.count) else {
            throw StatusListFault(reason: "\"sub\" is missing or no URI")
        }
        guard let issuedAt = NumericDate.read(claims["iat"]) else {
            throw StatusListFault(reason: "\"iat\" is missing or no moment")
        }
        let expiresAt = try StatusListToken.moment(claims, "exp")
        if let notBefore = try StatusListToken.moment(claims, "nbf"), notBefore > issuedAt {
            throw StatusListFault(reason: "the token says that it is not yet valid when issued")
        }
        var extra = JSONObject()
        for (name, value) in claims.members where !StatusListToken.registeredClaims.contains(name) {
            extra[name] = value
        }
        self.init(
            jws: jws, subject: subject, issuedAt: issuedAt, expiresAt: expiresAt,
            timeToLive: try StatusListToken.timeToLive(claims), list: try StatusListToken.list(claims),
            extraClaims: extra)
    }

    private static func claims(_ jws: JWS) throws(StatusListFault) -> JSONObject {
        do {
            let value = try JSONReader.read(jws.payload, maximumDepth: maximumDepth)
            guard let claims = value.object else { throw StatusListFault(reason: "the payload is not a JSON object") }
            return claims
        } catch let fault as StatusListFault {
            throw fault
        } catch {
            throw StatusListFault(reason: "the payload is not strict JSON: \(error)")
        }
    }

    private static func moment(_ claims: JSONObject, _ name: String) throws(StatusListFault) -> Instant? {
        guard let value = claims[name] else { return nil }
        guard let moment = NumericDate.read(value) else {
            throw StatusListFault(reason: "\"\(name)\" is no moment")
        }
        return moment
    }

    private static func timeToLive(_ claims: JSONObject) throws(StatusListFault) -> Int? {
        guard let value = claims["ttl"] else { return nil }
        guard let seconds = value.integer, (1...Int64(Int32.max)).contains(seconds) else {
            throw StatusListFault(reason: "\"ttl\" is no positive number of seconds")
        }
        return Int(seconds)
    }

    private static func list(_ claims: JSONObject) throws(StatusListFault) -> StatusList {
        guard let value = claims["status_list"], let bits = value["bits"]?.integer.flatMap({ Int(exactly: $0) }),
            let text = value["lst"]?.string
        else { throw StatusListFault(reason: "\"status_list\" is missing or lacks \"bits\" or \"lst\"") }
        return try StatusList(encoded: text, bits: bits)
    }
}
