import Credentials
import Primitives

extension LicenseClaims {
    /// What a ticket's license says under its number.
    init(
        _ ticket: borrowing IssuanceTicket, number: LicenseNumber, statusURI: String, statusIndex: Int,
        issuedAt: Instant, pageDigest: Digest?
    ) {
        let fields = ticket.type.fields.compactMap { field in
            ticket.application.values[field.name].map { (field.name, $0.json) }
        }
        self.init(
            number: number,
            type: LicenseSection.CodedName(code: ticket.type.code, name: ticket.type.name.texts),
            issuer: LicenseSection.CodedName(code: ticket.department.code.text, name: ticket.department.name.texts),
            holders: ticket.application.holders.map {
                LicenseSection.DisclosedHolder(name: $0.name, idType: $0.idType, id: $0.id)
            },
            validFrom: ticket.validity.from, validUntil: ticket.validity.until, fields: JSONObject(fields),
            statusURI: statusURI, statusIndex: statusIndex, issuedAt: issuedAt, pageDigest: pageDigest)
    }

    /// The claims as `init(reading:)` takes them, with the registered ones of RFC 7519 §4.1 for verifiers who know nothing of
    /// licenses: `nbf` and `exp` bound the same days as `validFrom` and `validUntil`.
    ///
    /// - Parameter issuer: as the signer's certificate names it, or verifiers that hold one against the other refuse
    ///   (draft-ietf-oauth-sd-jwt-vc §3.5).
    func json(issuer: String) -> JSONObject {
        var claims = JSONObject([
            ("iss", .string(issuer)), ("iat", .integer(issuedAt.secondsSinceEpoch)),
            ("nbf", .integer(Instant(startOf: validFrom).secondsSinceEpoch)),
        ])
        claims["exp"] = validUntil.map { last in
            .integer(Instant(startOf: last).adding(seconds: 86_400).secondsSinceEpoch)
        }
        claims["vct"] = .string(LicenseClaims.credentialType(of: number.typeCode))
        claims["status"] = ["status_list": ["idx": .integer(statusIndex), "uri": .string(statusURI)]]
        claims["number"] = .string(number.description)
        claims["type"] = LicenseClaims.json(type)
        claims["issuer"] = LicenseClaims.json(self.issuer)
        claims["holders"] = .array(
            holders.map { ["name": .text($0.name), "idType": .text($0.idType), "id": .text($0.id)] })
        claims["validFrom"] = .string(validFrom.description)
        claims["validUntil"] = .text(validUntil?.description)
        claims["fields"] = .object(fields)
        claims["page"] = pageDigest.map { ["sha-256": .string(Base64.encodeURL($0.bytes))] }
        return claims
    }

    /// What a holder may withhold (SD-JWT): names and id numbers of holders, and every personal field.
    func disclosable(in type: LicenseType) -> [[ClaimPathStep]] {
        var paths: [[ClaimPathStep]] = []
        for index in holders.indices {
            paths += ["name", "id"].map { [.member("holders"), .element(index), .member($0)] }
        }
        for field in type.fields where field.isPersonal && fields[field.name] != nil {
            paths.append([.member("fields"), .member(field.name)])
        }
        return paths
    }

    private static func json(_ coded: LicenseSection.CodedName) -> JSONValue {
        let names = coded.name.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return ["code": .string(coded.code), "name": .object(JSONObject(names))]
    }
}
