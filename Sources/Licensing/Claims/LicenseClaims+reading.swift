package import Primitives

extension LicenseClaims {
    /// Reads the revealed claims of an SD-JWT VC.
    package init(reading claims: JSONObject) throws(ClaimFault) {
        let number = try LicenseClaims.number(claims)
        let type = try LicenseClaims.codedName(claims, "type")
        let issuer = try LicenseClaims.codedName(claims, "issuer")
        guard claims["vct"]?.string == LicenseClaims.credentialType(of: number.typeCode) else {
            throw ClaimFault("vct", "is not the credential type of the number's type code")
        }
        guard type.code == number.typeCode else { throw ClaimFault("type", "is not the type in the number") }
        guard issuer.code == number.issuerCode else { throw ClaimFault("issuer", "is not the issuer in the number") }
        guard let from = claims["validFrom"]?.string.flatMap({ CalendarDate($0) }) else {
            throw ClaimFault("validFrom", "is missing or no date")
        }
        guard let list = claims["status"]?["status_list"], let uri = list["uri"]?.string, uri.utf8.count <= 2048,
            let index = list["idx"]?.integer, (0...Int64(Int32.max)).contains(index)
        else { throw ClaimFault("status", "names no place in a status list") }
        guard let issuedAt = claims["iat"]?.integer else { throw ClaimFault("iat", "is missing") }
        self.init(
            number: number, type: type, issuer: issuer, holders: try LicenseClaims.holders(claims), validFrom: from,
            validUntil: try LicenseClaims.lastDay(claims, notBefore: from),
            fields: claims["fields"]?.object ?? JSONObject(),
            statusURI: uri, statusIndex: Int(index), issuedAt: Instant(secondsSinceEpoch: issuedAt),
            pageDigest: try LicenseClaims.pageDigest(claims))
    }

    private static func number(_ claims: JSONObject) throws(ClaimFault) -> LicenseNumber {
        switch LicenseNumber.read(claims["number"]?.string ?? "") {
        case .valid(let number): return number
        case .legacyCheck: throw ClaimFault("number", "number check: legacy variant of a faulty writer")
        case .wrongCheck(let expected): throw ClaimFault("number", "has a wrong check character (right: \(expected))")
        case .malformed: throw ClaimFault("number", "is missing or not of the form 1.2.156.3005.2.…")
        }
    }

    private static func codedName(
        _ claims: JSONObject, _ claim: String
    ) throws(ClaimFault) -> LicenseSection.CodedName {
        guard let value = claims[claim], let code = value["code"]?.string, let names = value["name"]?.object else {
            throw ClaimFault(claim, "is missing its code or name")
        }
        let texts = names.members.compactMap { name, text in text.string.map { (name, $0) } }
        return LicenseSection.CodedName(code: code, name: Dictionary(texts) { first, _ in first })
    }

    private static func holders(_ claims: JSONObject) throws(ClaimFault) -> [LicenseSection.DisclosedHolder] {
        guard let holders = claims["holders"]?.array else { throw ClaimFault("holders", "is missing") }
        return holders.map { holder in
            LicenseSection.DisclosedHolder(
                name: holder["name"]?.string, idType: holder["idType"]?.string, id: holder["id"]?.string)
        }
    }

    private static func lastDay(_ claims: JSONObject, notBefore from: CalendarDate) throws(ClaimFault) -> CalendarDate?
    {
        guard let value = claims["validUntil"], value != .null else { return nil }
        guard let date = value.string.flatMap({ CalendarDate($0) }), date >= from else {
            throw ClaimFault("validUntil", "is no date, or before validFrom")
        }
        return date
    }

    private static func pageDigest(_ claims: JSONObject) throws(ClaimFault) -> Digest? {
        guard let value = claims["page"] else { return nil }
        guard let digest = value["sha-256"]?.string.flatMap({ Base64.decodeURL($0) }).flatMap({ Digest($0) }) else {
            throw ClaimFault("page", "holds no SHA-256 digest")
        }
        return digest
    }
}
