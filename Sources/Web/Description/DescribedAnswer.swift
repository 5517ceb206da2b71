import Primitives

/// One answer of an operation, as `/openapi.json` tells it.
struct DescribedAnswer: Sendable {
    let status: Int
    let meaning: String
    /// Media type and name of a schema, or `nil` where any content of the type may come.
    var content: [(type: String, schema: String?)] = []
    /// Header names; they are always there.
    var headers: [String] = []
    /// Operations on the license whose number the answer has.
    var onward: [String] = []

    var object: JSONValue { object(withContent: true) }

    /// - Parameter withContent: false for HEAD.
    func object(withContent: Bool) -> JSONValue {
        var object = JSONObject([("description", .string(meaning))])
        if !headers.isEmpty {
            object["headers"] = .object(
                JSONObject(headers.map { ($0, ["required": true, "schema": ["type": "string"]]) }))
        }
        if withContent, !content.isEmpty {
            object["content"] = .object(JSONObject(content.map { ($0.type, mediaType($0.schema)) }))
        }
        if withContent, !onward.isEmpty { object["links"] = .object(links) }
        return .object(object)
    }

    private func mediaType(_ schema: String?) -> JSONValue {
        schema.map { ["schema": ["$ref": .string("#/components/schemas/\($0)")]] } ?? [:]
    }

    private var links: JSONObject {
        JSONObject(
            onward.map { name in
                (name, ["operationId": .string(name), "parameters": ["number": "$response.body#/number"]])
            })
    }
}

extension DescribedAnswer {
    static func json(
        _ schema: String, _ meaning: String, status: Int = 200, headers: [String] = [], onward: [String] = []
    ) -> DescribedAnswer {
        DescribedAnswer(
            status: status, meaning: meaning, content: [("application/json", schema)], headers: headers, onward: onward)
    }

    static func file(_ type: String, _ meaning: String) -> DescribedAnswer {
        DescribedAnswer(status: 200, meaning: meaning, content: [(type, nil)])
    }

    static func empty(_ status: Int, _ meaning: String, headers: [String] = []) -> DescribedAnswer {
        DescribedAnswer(status: status, meaning: meaning, headers: headers)
    }

    static func problem(_ status: Int, _ meaning: String, headers: [String] = []) -> DescribedAnswer {
        DescribedAnswer(
            status: status, meaning: meaning, content: [("application/problem+json", "Problem")], headers: headers)
    }

    static func refusal(_ status: Int, _ meaning: String, headers: [String] = []) -> DescribedAnswer {
        DescribedAnswer(
            status: status, meaning: meaning, content: [("application/json", "OAuthError")], headers: headers)
    }

    static func page(_ meaning: String, status: Int = 200, headers: [String] = []) -> DescribedAnswer {
        DescribedAnswer(status: status, meaning: meaning, content: [("text/html", nil)], headers: headers)
    }

    /// Where the head is too large, no route is asked.
    static let headTooLarge = problem(431, "The head of the request is larger than 16 KiB.")
    static let failed = problem(500, "The service failed; nothing of the reason is told.")
    static let busy = problem(503, "Too much to do at once.", headers: ["Retry-After"])
    static let tooMany = problem(429, "Too many requests from this address.", headers: ["Retry-After"])
    static let notModified = empty(304, "What the asker has is still right.", headers: ["ETag"])
    static let bodyTooLarge = problem(413, "The body is too large.")
}
