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
        var writer = JSONWriter(capacity: 512)
        writer.openObject()
        writer.member("event", entry.event.word)
        writer.member("outcome", entry.outcome.word)
        writer.member("time", entry.at.millisecondsText)
        if let department = entry.department { writer.member("department", department) }
        if let actor = entry.actor { writer.member("actor", actor) }
        if let object = entry.object { writer.member("object", object) }
        writePseudonyms(&writer)
        writeStates(&writer)
        writeDetails(&writer)
        writer.closeObject()
        return writer.bytes
    }

    private func writePseudonyms(_ writer: inout JSONWriter) {
        guard names != AuditNames() else { return }
        writer.name("pseudonyms")
        writer.openObject()
        if let department = names.department { writer.member("department", department.description) }
        if let actor = names.actor { writer.member("actor", actor.description) }
        if let object = names.object { writer.member("object", object.description) }
        if let request = names.request { writer.member("request", request.description) }
        writer.closeObject()
    }

    private func writeStates(_ writer: inout JSONWriter) {
        if states.isEmpty { return }
        writer.name("states")
        writer.openObject()
        for (object, state) in states.sorted(by: { $0.key < $1.key }) { writer.member(object, state) }
        writer.closeObject()
    }

    private func writeDetails(_ writer: inout JSONWriter) {
        if entry.details.isEmpty { return }
        writer.name("details")
        writer.value(AuditBody.sorted(.object(entry.details)))
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

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object) where !isSorted(object):
            .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
        case .array(let values): .array(values.map(sorted))
        default: value
        }
    }

    /// Whether nothing in it has to be moved: details are few, and nearly all of one kind.
    private static func isSorted(_ object: JSONObject) -> Bool {
        let members = object.members
        let areLeaves = members.allSatisfy { $0.value.object == nil && $0.value.array == nil }
        return areLeaves && zip(members, members.dropFirst()).allSatisfy { $0.name < $1.name }
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
