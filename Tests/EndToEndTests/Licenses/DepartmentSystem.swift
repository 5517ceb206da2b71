import Foundation
import Primitives
import Testing

/// A shipped service portal, calling the write API of a running service.
struct DepartmentSystem {
    let service: Service
    let token: String

    /// Its token by client credentials; the secret is printed in `policies/portals/README.md`.
    init(
        _ service: Service, portal: String = "department-system",
        scope: String = "license:issue license:read license:status"
    )
        throws
    {
        self.service = service
        let basic = Base64.encode(Array("\(portal):\(portal)-demo-secret".utf8))
        let answer = try service.ask(
            "POST", "/token",
            headers: ["Authorization: Basic \(basic)", "Content-Type: application/x-www-form-urlencoded"],
            body: Array("grant_type=client_credentials&scope=\(scope.replacing(" ", with: "+"))".utf8))
        guard answer.status == 200, let token = answer.json?["access_token"]?.string else {
            throw Misfortune("\(portal) got no token: \(answer.status) \(answer.text)")
        }
        self.token = token
    }

    var authorization: String { "Authorization: Bearer \(token)" }

    static func application(_ type: String = "business-license") throws -> [UInt8] {
        var body = try Chancery.example(type)
        body["type"] = .string(type)
        return Array(JSONValue.object(body).compactText.utf8)
    }

    func issue(_ body: [UInt8], key: String) throws -> HTTPAnswer {
        try service.ask(
            "POST", "/v1/licenses",
            headers: [authorization, "Content-Type: application/json", "Idempotency-Key: \(key)"], body: body)
    }

    func change(_ number: String, to state: String, reason: String) throws -> HTTPAnswer {
        let body = JSONValue.object(JSONObject([("state", .string(state)), ("reason", .string(reason))]))
        return try service.ask(
            "POST", "/v1/licenses/\(number)/status", headers: [authorization, "Content-Type: application/json"],
            body: Array(body.compactText.utf8))
    }

    func get(_ path: String) throws -> HTTPAnswer { try service.get(path, headers: [authorization]) }
}
