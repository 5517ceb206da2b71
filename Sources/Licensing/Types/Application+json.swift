import Primitives

extension Application {
    /// The application as `LicenseType.read` takes it. Equal applications give equal texts: idempotency keys are bound to it.
    var json: JSONValue {
        let holders = holders.map { holder in
            JSONValue.object(
                JSONObject([
                    ("name", .string(holder.name)), ("idType", .string(holder.idType)), ("id", .string(holder.id)),
                ]))
        }
        let fields = values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        return .object(JSONObject([("holders", .array(holders)), ("fields", .object(JSONObject(fields)))]))
    }
}

extension FieldValue {
    /// The value as applications and signed claims have it: dates as `2026-01-31`, choices by code, decimals as text so
    /// that no reader rounds them, photos in base 64.
    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .decimal(let digits): .string(digits)
        case .date(let date): .string(date.description)
        case .choice(let code): .string(code)
        case .organizationCode(let code): .string(code.text)
        case .personID(let id): .string(id.exposedText)
        case .photo(let image): .string(Base64.encode(image.bytes))
        }
    }
}
