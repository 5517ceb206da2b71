import HTTPTypes
import Primitives

/// One address and method of the service, as `/openapi.json` tells it.
struct DescribedOperation: Sendable {
    enum Security: Sendable {
        case none
        /// By access token with this scope.
        case token(String)
        /// Without a token less is shown.
        case optionalToken(String)
        /// A portal proves who it is, in header or form.
        case portal
    }

    let method: HTTPRequest.Method
    /// As in `Route`.
    let path: String
    /// `operationId`.
    let name: String
    let summary: String
    var security = Security.none
    var parameters: [JSONValue] = []
    var body: JSONValue?
    let answers: [DescribedAnswer]

    init(
        _ method: HTTPRequest.Method, _ path: String, _ name: String, _ summary: String, security: Security = .none,
        parameters: [JSONValue] = [], body: JSONValue? = nil, answers: [DescribedAnswer]
    ) {
        (self.method, self.path, self.name, self.summary) = (method, path, name, summary)
        (self.security, self.parameters, self.body) = (security, parameters, body)
        self.answers = answers + [.headTooLarge]
    }

    var object: JSONValue { object(named: name, isHead: false) }

    /// The same address asked with HEAD: the same headers, no content (RFC 9110 §9.3.2).
    var head: JSONValue { object(named: name + "Head", isHead: true) }

    private func object(named name: String, isHead: Bool) -> JSONValue {
        var object = JSONObject([("operationId", .string(name)), ("summary", .string(summary))])
        object["security"] = securityObject
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if !isHead { object["requestBody"] = body }
        let answers = answers.sorted { $0.status < $1.status }
            .map { (String($0.status), $0.object(withContent: !isHead)) }
        object["responses"] = .object(JSONObject(answers))
        return .object(object)
    }

    private var securityObject: JSONValue {
        switch security {
        case .none: []
        case .token(let scope): [["accessToken": [.string(scope)]]]
        case .optionalToken(let scope): [[:], ["accessToken": [.string(scope)]]]
        case .portal: [["portalSecret": []], [:]]
        }
    }
}

extension DescribedOperation {
    /// A member of the address.
    static func inPath(_ name: String, _ meaning: String, pattern: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "description": .string(meaning),
            "schema": ["type": "string", "pattern": .string(pattern)],
        ]
    }

    static func query(_ name: String, _ meaning: String) -> JSONValue {
        [
            "name": .string(name), "in": "query", "description": .string(meaning),
            "schema": ["type": "string"],
        ]
    }

    static func header(_ name: String, _ meaning: String, pattern: String, isRequired: Bool) -> JSONValue {
        [
            "name": .string(name), "in": "header", "required": .bool(isRequired), "description": .string(meaning),
            "schema": ["type": "string", "pattern": .string(pattern)],
        ]
    }

    static func jsonBody(_ schema: String) -> JSONValue {
        [
            "required": true,
            "content": ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(schema)")]]],
        ]
    }

    /// A form whose fields are texts, each at most once.
    static func form(_ fields: [String], required: [String] = []) -> JSONValue {
        let properties = fields.map { ($0, JSONValue.object(JSONObject([("type", "string")]))) }
        var schema = JSONObject([
            ("type", "object"), ("properties", .object(JSONObject(properties))),
            ("additionalProperties", ["type": "string"]),
        ])
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        return [
            "required": true, "content": ["application/x-www-form-urlencoded": ["schema": .object(schema)]],
        ]
    }
}
