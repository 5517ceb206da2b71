import Primitives

/// `components` of the description.
enum DescribedSchemas {
    static let all = JSONObject(errors + licenses + signOn)

    static let security = JSONObject([
        (
            "accessToken",
            [
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description":
                    "An access token of this provider; one that is bound to a key comes as `DPoP` with its proof.",
            ]
        ),
        (
            "portalSecret",
            [
                "type": "http", "scheme": "basic",
                "description": "Id and secret of a portal; others prove who they are in the form.",
            ]
        ),
    ])

    private static let text: JSONValue = ["type": "string"]
    private static let optionalText: JSONValue = ["type": ["string", "null"]]
    private static let state: JSONValue = [
        "type": "string", "enum": ["pending", "valid", "suspended", "revoked", "cancelled", "superseded", "void"],
    ]

    private static func object(
        _ properties: [(String, JSONValue)], required: [String], isClosed: Bool = false
    ) -> JSONValue {
        var object = JSONObject([
            ("type", "object"), ("required", .array(required.map { .string($0) })),
            ("properties", .object(JSONObject(properties))),
        ])
        if isClosed { object["additionalProperties"] = false }
        return .object(object)
    }

    private static func list(of schema: JSONValue) -> JSONValue { ["type": "array", "items": schema] }

    private static let errors: [(String, JSONValue)] = [
        (
            "Problem",
            object(
                [
                    ("type", text), ("title", text), ("status", ["type": "integer"]), ("detail", text),
                    (
                        "errors",
                        list(of: object([("pointer", text), ("detail", text)], required: ["pointer", "detail"]))
                    ), ("state", state),
                ], required: ["type", "title", "status", "detail"])
        ),
        (
            "OAuthError",
            object([("error", text), ("error_description", text)], required: ["error", "error_description"])
        ),
        ("Object", ["type": "object"]),
        ("Health", object([("status", text)], required: ["status"])),
    ]

    private static let signOn: [(String, JSONValue)] = [
        (
            "Tokens",
            object(
                [
                    ("access_token", text), ("token_type", ["enum": ["Bearer", "DPoP"]]),
                    ("expires_in", ["type": "integer"]), ("refresh_token", text), ("id_token", text), ("scope", text),
                ], required: ["access_token", "token_type", "expires_in"])
        ),
        ("Introspection", object([("active", ["type": "boolean"])], required: ["active"])),
    ]

    private static let holder = object(
        [
            ("name", ["type": "string", "minLength": 1, "maxLength": 200]),
            ("idType", ["type": "string", "pattern": "^[0-9]{3}$"]),
            ("id", ["type": "string", "minLength": 1, "maxLength": 40]),
        ], required: ["name", "idType", "id"], isClosed: true)

    private static let links = object(
        [("self", text), ("document", text), ("credential", text)], required: ["self"], isClosed: true)

    /// Of the names of policy files.
    private static let policyID = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

    private static let application: JSONValue = {
        let properties: JSONValue = [
            "type": [
                "type": "string", "pattern": .string(policyID),
                "description": "License type: the name of its policy folder.",
            ],
            "department": [
                "type": "string", "pattern": .string(policyID),
                "description": "Of the portal's own, where several departments may issue the type.",
            ], "holder": holder, "holders": ["type": "array", "minItems": 1, "maxItems": 20, "items": holder],
            "fields": ["type": "object", "description": "By name, as the type's policy defines them."],
        ]
        return [
            "type": "object", "required": ["type"], "properties": properties, "additionalProperties": false,
            "oneOf": [["required": ["holder"]], ["required": ["holders"]]],
        ]
    }()

    private static let licenses: [(String, JSONValue)] = [
        ("Application", application),
        (
            "IssuedLicense",
            object(
                [("number", text), ("state", state), ("links", links)], required: ["number", "state", "links"],
                isClosed: true)
        ),
        (
            "License",
            object(
                [
                    ("number", text), ("state", state), ("type", text), ("department", text), ("validFrom", text),
                    ("validUntil", optionalText), ("issuedAt", optionalText), ("supersedes", optionalText),
                    ("supersededBy", optionalText),
                    (
                        "history",
                        list(
                            of: object(
                                [("at", text), ("state", state), ("reason", optionalText), ("actor", text)],
                                required: ["at", "state", "reason", "actor"]))
                    ), ("links", links),
                ], required: ["number", "state", "type", "department", "validFrom", "history", "links"],
                isClosed: true)
        ),
        (
            "StatusChange",
            object(
                [
                    ("state", ["type": "string", "enum": ["revoked", "suspended", "valid"]]),
                    ("reason", ["type": "string", "minLength": 1, "maxLength": 200]),
                ], required: ["state", "reason"], isClosed: true)
        ),
        (
            "Verdict",
            object(
                [
                    ("format", optionalText),
                    ("indication", ["enum": ["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"]]),
                    ("subIndication", optionalText),
                ], required: ["format", "indication", "subIndication"])
        ),
    ]
}
