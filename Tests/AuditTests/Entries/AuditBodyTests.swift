import Audit
import OpenSSLCrypto
import Primitives
import Testing

struct AuditBodyTests {
    private func body() throws -> AuditBody {
        let entry = AuditEntry(
            .licenseSuspended, at: Instant(millisecondsSinceEpoch: 1_795_334_400_070), department: "food-safety",
            actor: "operator", object: "number",
            details: JSONObject([("reason", "停业"), ("before", ["state": "valid", "code": 1])]))
        let name = try #require(AuditPseudonym("000102030405060708090a0b0c0d0e0f"))
        return AuditBody(
            entry, names: AuditNames(department: name, actor: name, object: name),
            states: ["b": "suspended", "a": "valid"])
    }

    @Test func `a body is canonical JSON with milliseconds and sorted members`() throws {
        let name = "000102030405060708090a0b0c0d0e0f"
        #expect(
            String(decoding: try body().encoded, as: UTF8.self)
                == #"{"event":"license-suspended","outcome":"succeeded","time":"2026-11-22T08:00:00.070Z","#
                + #""department":"food-safety","actor":"operator","object":"number","#
                + #""pseudonyms":{"department":"\#(name)","actor":"\#(name)","object":"\#(name)"},"#
                + #""states":{"a":"valid","b":"suspended"},"#
                + #""details":{"before":{"code":1,"state":"valid"},"reason":"停业"}}"#)
    }

    @Test func `a body is read back to the same bytes`() throws {
        let body = try body()
        let read = try #require(AuditBody(encoded: body.encoded))
        #expect(read.encoded == body.encoded)
        #expect(read.entry.at == body.entry.at)
        #expect(read.states == body.states)
        #expect(read.names == body.names)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"event":"license-issued","outcome":"succeeded"}"#,
        #"{"event":"unheard-of","outcome":"succeeded","time":"2026-11-22T08:00:00Z"}"#,
        #"{"event":"license-issued","outcome":"perhaps","time":"2026-11-22T08:00:00Z"}"#,
        #"{"event":"license-issued","outcome":"succeeded","time":"yesterday"}"#,
    ])
    func `what is no body is refused`(_ text: String) {
        #expect(AuditBody(encoded: Array(text.utf8)) == nil)
    }

    @Test func `the commitment is over domain, salt and body`() throws {
        let salt = (0..<32).map { UInt8($0) }
        let encoded = try body().encoded
        let message = Array("chancery.audit.body.v1".utf8) + [0] + salt + encoded
        let commitment = AuditBody.commitment(salt: salt, encodedBody: encoded, hashing: OpenSSLHashing())
        #expect(commitment == OpenSSLHashing().sha256(message))
        #expect(
            AuditBody.commitment(salt: salt.reversed(), encodedBody: encoded, hashing: OpenSSLHashing()) != commitment)
    }

    @Test func `times outside the calendar are clamped alike in body and leaf`() throws {
        for at in [Int64.min, -1, .max] {
            let body = AuditBody(
                AuditEntry(.initialized, at: Instant(millisecondsSinceEpoch: at)), names: AuditNames(), states: [:])
            #expect(try #require(AuditBody(encoded: body.encoded)) == body)
        }
    }

    @Test func `an exported line has no pseudonyms, and members that do not apply are absent`() throws {
        let line = JSONValue.object(try body().exported(sequence: 7)).compactText
        #expect(
            line == #"{"seq":7,"time":"2026-11-22T08:00:00Z","event":"license-suspended","outcome":"succeeded","#
                + #""department":"food-safety","actor":"operator","object":"number"}"#)
        let bare = AuditBody(
            AuditEntry(.serviceStarted, at: Instant(millisecondsSinceEpoch: 0)), names: AuditNames(), states: [:])
        #expect(
            JSONValue.object(bare.exported(sequence: 0)).compactText
                == #"{"seq":0,"time":"1970-01-01T00:00:00Z","event":"service-started","outcome":"succeeded"}"#)
    }

    /// The body as it was built before it was written byte by byte: a JSON object of everything, then its text.
    private func builtText(of body: AuditBody) -> String {
        let entry = body.entry
        let milliseconds = entry.at.millisecondsSinceEpoch % 1000
        var object = JSONObject([
            ("event", .string(entry.event.word)), ("outcome", .string(entry.outcome.word)),
            ("time", .string("\(entry.at.description.dropLast()).\(milliseconds.padded(3))Z")),
        ])
        object["department"] = entry.department.map { .string($0) }
        object["actor"] = entry.actor.map { .string($0) }
        object["object"] = entry.object.map { .string($0) }
        var names = JSONObject()
        names["department"] = body.names.department.map { .string($0.description) }
        names["actor"] = body.names.actor.map { .string($0.description) }
        names["object"] = body.names.object.map { .string($0.description) }
        names["request"] = body.names.request.map { .string($0.description) }
        if !names.isEmpty { object["pseudonyms"] = .object(names) }
        if !body.states.isEmpty {
            let states = body.states.sorted { $0.key < $1.key }
            object["states"] = .object(JSONObject(states.map { ($0.key, .string($0.value)) }))
        }
        if !entry.details.isEmpty { object["details"] = sorted(.object(entry.details)) }
        return JSONValue.object(object).compactText
    }

    private func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
        case .array(let values): .array(values.map(sorted))
        default: value
        }
    }

    @Test func `the bytes of a body are those of the object it was built as before`() throws {
        let texts: [String?] = [nil, "", "market", "a\"b\\c\n\u{7F}\u{0}", "市场监管局🀄", "e\u{301}"]
        let randomness = OpenSSLRandomness()
        for round in 0..<400 {
            let text = { texts[randomness.number(below: texts.count)] }
            let name = { randomness.number(below: 2) == 0 ? nil : AuditPseudonym(from: randomness) }
            let details = (0..<round % 25).map { index -> (String, JSONValue) in
                let value: JSONValue =
                    index % 3 == 0
                    ? .text(text()) : ["z": .text(text()), "y": [1, true, .null, .text(text())], "": [:]]
                return ((text() ?? "n") + String((index * 7) % 25), value)
            }
            let entry = AuditEntry(
                AuditEvent.allCases[round % AuditEvent.allCases.count], outcome: .refused,
                at: Instant(millisecondsSinceEpoch: Int64(randomness.number(below: 5_000_000_000_000))),
                department: text(), actor: text(), object: text(), details: JSONObject(details))
            let states = (0..<round % 4).reduce(into: [:]) { $0["\(text() ?? "s")\($1)"] = text() ?? "valid" }
            let body = AuditBody(
                entry, names: AuditNames(department: name(), actor: name(), object: name(), request: name()),
                states: states)
            #expect(String(decoding: body.encoded, as: UTF8.self) == builtText(of: body))
        }
    }
}
