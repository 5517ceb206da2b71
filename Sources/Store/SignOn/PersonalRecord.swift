import Identity
import Primitives

/// The part of an account that is sealed: who it is, and how that was checked. Canonical JSON inside.
struct PersonalRecord: Hashable, Sendable {
    let login: String
    let profile: Profile
    let proofings: [Proofing]

    /// What it is sealed with.
    static func context(of id: Identifier<Account>) -> String { "account/\(id)" }

    init(login: String, profile: Profile, proofings: [Proofing]) {
        (self.login, self.profile, self.proofings) = (login, profile, proofings)
    }

    var encoded: Secret {
        var object = JSONObject([("login", .string(login)), ("name", .string(profile.name))])
        let texts = [
            ("givenName", profile.givenName), ("familyName", profile.familyName), ("email", profile.email),
            ("phone", profile.phone), ("address", profile.address), ("idType", profile.idType), ("id", profile.id),
        ]
        for (name, text) in texts { object[name] = text.map { .string($0) } }
        if profile.isEmailVerified { object["isEmailVerified"] = true }
        object["proofings"] = .array(
            proofings.map { proofing in
                [
                    "level": .string(proofing.level.rawValue),
                    "at": .integer(proofing.at.millisecondsSinceEpoch),
                    "source": .string(proofing.source), "method": .string(proofing.method),
                ]
            })
        return Secret(JSONValue.object(object).compactBytes)
    }

    /// Reads `encoded`; `nil` for anything else.
    init?(encoded: Secret) {
        guard let object = try? JSONReader.read(encoded.exposedBytes), let login = object["login"]?.string,
            let name = object["name"]?.string, let proofings = object["proofings"]?.array
        else { return nil }
        let text = { (name: String) in object[name]?.string }
        self.login = login
        profile = Profile(
            name: name, givenName: text("givenName"), familyName: text("familyName"), email: text("email"),
            isEmailVerified: object["isEmailVerified"]?.bool ?? false, phone: text("phone"), address: text("address"),
            idType: text("idType"), id: text("id"))
        self.proofings = proofings.compactMap(PersonalRecord.proofing)
        guard self.proofings.count == proofings.count else { return nil }
    }

    private static func proofing(_ value: JSONValue) -> Proofing? {
        guard let level = value["level"]?.string.flatMap(Assurance.init(rawValue:)), let at = value["at"]?.integer,
            let source = value["source"]?.string, let method = value["method"]?.string
        else { return nil }
        return Proofing(level: level, at: Instant(millisecondsSinceEpoch: at), source: source, method: method)
    }
}
