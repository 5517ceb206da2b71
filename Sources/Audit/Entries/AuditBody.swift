package import Primitives

/// All that is known of an entry, behind the leaf's commitment; kept encrypted, shown to auditors.
package struct AuditBody: Hashable, Sendable {
    /// Bytes of a fresh salt.
    package static let saltLength = 32
    private static let domain = Array("chancery.audit.body.v1".utf8) + [0]
    private static let latest = Int64(253_402_300_799_999)

    package let entry: AuditEntry
    /// The pseudonyms in the leaf, repeated here so that every byte of the leaf can be checked against the body.
    package let names: AuditNames
    /// State words that objects have after this entry, by object: from them the register can be folded again.
    package let states: [String: String]

    package init(_ entry: AuditEntry, names: AuditNames, states: [String: String]) {
        let at = Instant(millisecondsSinceEpoch: min(max(entry.at.millisecondsSinceEpoch, 0), AuditBody.latest))
        self.entry = AuditEntry(
            entry.event, outcome: entry.outcome, at: at, department: entry.department, actor: entry.actor,
            object: entry.object, details: entry.details)
        (self.names, self.states) = (names, states)
    }

    /// Canonical JSON: members in fixed order, those of `details` and `states` sorted, absent ones left out.
    package var encoded: [UInt8] {
        var body = JSONObject([
            ("event", .string(entry.event.word)), ("outcome", .string(entry.outcome.word)),
            ("time", .string(AuditBody.text(of: entry.at))),
        ])
        body["department"] = entry.department.map { .string($0) }
        body["actor"] = entry.actor.map { .string($0) }
        body["object"] = entry.object.map { .string($0) }
        let names = JSONObject(AuditBody.members(names).map { ($0.0, .string($0.1.description)) })
        if !names.isEmpty { body["pseudonyms"] = .object(names) }
        if !states.isEmpty {
            body["states"] = .object(JSONObject(states.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        if !entry.details.isEmpty { body["details"] = AuditBody.sorted(.object(entry.details)) }
        return JSONValue.object(body).compactBytes
    }

    /// Reads `encoded`; `nil` when a member is missing or has another form.
    package init?(encoded bytes: [UInt8]) {
        guard let body = try? JSONReader.read(bytes), let eventWord = body["event"]?.string,
            let event = AuditEvent.allCases.first(where: { $0.word == eventWord }),
            let outcome = body["outcome"]?.string.flatMap(AuditOutcome.init(word:)),
            let at = body["time"]?.string.flatMap({ Instant($0) })
        else { return nil }
        entry = AuditEntry(
            event, outcome: outcome, at: at, department: body["department"]?.string, actor: body["actor"]?.string,
            object: body["object"]?.string, details: body["details"]?.object ?? JSONObject())
        let names = body["pseudonyms"]
        let name = { (member: String) in names?[member]?.string.flatMap { AuditPseudonym($0) } }
        self.names = AuditNames(
            department: name("department"), actor: name("actor"), object: name("object"), request: name("request"))
        let members = body["states"]?.object?.members ?? []
        states = members.reduce(into: [:]) { states, member in states[member.name] = member.value.string }
    }

    /// `SHA-256("chancery.audit.body.v1" ‖ 0x00 ‖ salt ‖ body)`.
    ///
    /// - Parameter salt: 32 fresh random bytes, so that a short body cannot be guessed from its commitment.
    package static func commitment(salt: [UInt8], encodedBody: [UInt8], hashing: any Hashing) -> Digest {
        hashing.sha256([domain[...], salt[...], encodedBody[...]])
    }

    /// RFC 3339 with milliseconds, as the leaf has them.
    private static func text(of instant: Instant) -> String {
        "\(instant.description.dropLast()).\((instant.millisecondsSinceEpoch % 1000).padded(3))Z"
    }

    private static func members(_ names: AuditNames) -> [(String, AuditPseudonym)] {
        [
            ("department", names.department), ("actor", names.actor), ("object", names.object),
            ("request", names.request),
        ].compactMap { member, name in name.map { (member, $0) } }
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
        case .array(let values): .array(values.map(sorted))
        default: value
        }
    }
}

extension AuditOutcome {
    init?(word: String) {
        guard let outcome = [AuditOutcome.succeeded, .refused, .failed].first(where: { $0.word == word }) else {
            return nil
        }
        self = outcome
    }
}
