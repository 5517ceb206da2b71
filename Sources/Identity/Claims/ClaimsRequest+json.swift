import Primitives

extension ClaimsRequest {
    /// Bytes of the parameter, members in all.
    private static let (maximumLength, maximumClaims) = (4096, 64)

    /// Reads the parameter or `json`; members of unknown meaning are ignored, as §5.5 asks.
    ///
    /// - Returns: `nil` when it is no such object or too large.
    package init?(parsing text: String) {
        guard text.utf8.count <= ClaimsRequest.maximumLength,
            let object = (try? JSONReader.read(text, maximumDepth: 6))?.object,
            let userInfo = ClaimsRequest.demands(object["userinfo"]),
            let idToken = ClaimsRequest.demands(object["id_token"]),
            userInfo.count + idToken.count <= ClaimsRequest.maximumClaims
        else { return nil }
        self.init(userInfo: userInfo, idToken: idToken)
        // What is written may be longer than what was read, and must be readable again.
        guard json.utf8.count <= ClaimsRequest.maximumLength else { return nil }
    }

    /// Reads back with `init(parsing:)`; claims sorted by name.
    package var json: String {
        var object = JSONObject()
        if !userInfo.isEmpty { object["userinfo"] = ClaimsRequest.value(userInfo) }
        if !idToken.isEmpty { object["id_token"] = ClaimsRequest.value(idToken) }
        return JSONValue.object(object).compactText
    }

    private static func demands(_ value: JSONValue?) -> [String: Demand]? {
        guard let value, value != .null else { return [:] }
        guard let object = value.object else { return nil }
        var demands: [String: Demand] = [:]
        for (name, value) in object.members {
            guard let demand = demand(value) else { return nil }
            demands[name] = demand
        }
        return demands
    }

    private static func demand(_ value: JSONValue) -> Demand? {
        if value == .null { return Demand() }
        guard let object = value.object else { return nil }
        if let values = object["values"], values.array == nil { return nil }
        if let essential = object["essential"], essential.bool == nil { return nil }
        let values = (object["values"]?.array ?? []) + (object["value"].map { [$0] } ?? [])
        return Demand(isEssential: object["essential"]?.bool ?? false, values: values)
    }

    private static func value(_ demands: [String: Demand]) -> JSONValue {
        .object(
            JSONObject(
                demands.sorted { $0.key < $1.key }.map { name, demand in
                    var object = JSONObject()
                    if demand.isEssential { object["essential"] = true }
                    if !demand.values.isEmpty { object["values"] = .array(demand.values) }
                    return (name, object.isEmpty ? .null : .object(object))
                }))
    }
}
