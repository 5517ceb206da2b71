import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Licensing
import OpenSSLCrypto
import Primitives
import Testing

@testable import Web

/// The whole service over books and a register in memory: `market` and `housing` issue, `reader` reads only.
struct LicenseSite: Sendable {
    static let secret = TestDesk.secret
    static let every = LicenseGate.Scope.allCases.map(\.rawValue)

    let desk = TestDesk(portals: LicenseSite.portals)
    let office = TestOffice(issuerURL: TestDesk.issuer)

    private static let portals = [
        service("market", department: "market-regulation", scopes: every),
        service("housing", department: "housing", scopes: every),
        service("reader", department: "market-regulation", scopes: ["license:read"]),
        Portal(
            id: "counter", name: TestDesk.text("Counter"), departmentID: "market-regulation", sector: "commerce",
            kind: .confidential, authentication: .secretBasic(TestDesk.secretHash),
            redirectURIs: ["https://counter.example/callback"], scopes: ["openid"] + every),
    ]

    private static func service(_ id: String, department: String, scopes: [String]) -> Portal {
        Portal(
            id: id, name: TestDesk.text(id), departmentID: department, sector: department, kind: .service,
            authentication: .secretBasic(TestDesk.secretHash), scopes: scopes)
    }

    func ports(office licenses: LicenseOffice? = nil) -> WebPorts {
        let (register, keys, clock) = (office.register, office.keys, office.clock)
        let licenses = licenses ?? office.office
        return WebPorts(
            issuerURL: TestDesk.issuer, isBehindProxy: false, register: register, trust: keys,
            publisher: office.publisher,
            bundles: BundleExport(
                publisher: office.publisher, register: register, keys: keys, material: keys,
                issuerURL: TestDesk.issuer), hashing: office.hashing,
            signatureVerifier: OpenSSLSignatureVerifier(), paths: OpenSSLCertificatePaths(), clock: clock,
            signOn: SignOnPorts(
                signOn: desk.signOn, departmentNames: [:], qrCode: { _ in nil }),
            licenses: LicensePorts(office: licenses, policy: OfficePolicy.policy)
        ) { number in
            try await licenses.documents(of: number).first { $0.format == .sdJWT }.map {
                String(decoding: $0.bytes, as: UTF8.self)
            }
        }
    }

    static func visit(
        _ site: LicenseSite = LicenseSite(), _ body: @Sendable (LicenseCaller) async throws -> Void
    ) async throws {
        try await site.open { client in try await body(LicenseCaller(site: site, client: client)) }
    }

    /// - Parameter office: another than the first, as after a restart.
    func open(
        office: LicenseOffice? = nil, _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let list = try RouteList(ports(office: office))
        try await Application(responder: list.table).test(.router) { client in try await body(client) }
    }
}

/// A department's system that calls the write API. Every answer is held against the description of the service.
struct LicenseCaller: Sendable {
    let site: LicenseSite
    let client: any TestClientProtocol

    static let licenses = "/v1/licenses"
    static let application: JSONObject = {
        var body = OfficePolicy.shopApplication.object ?? JSONObject()
        body["type"] = "shop"
        return body
    }()

    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], body: String? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        let response = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        try expectDescribed(response, method, uri, location)
        return response
    }

    /// By client credentials.
    func token(
        _ portal: String = "market", scope: String = LicenseSite.every.joined(separator: " ")
    ) async throws
        -> String
    {
        let response = try await send(
            .post, "/token",
            [
                .authorization: "Basic " + Base64.encode(Array("\(portal):\(LicenseSite.secret)".utf8)),
                .contentType: "application/x-www-form-urlencoded",
            ], body: FormWriter.text([("grant_type", "client_credentials"), ("scope", scope)]))
        return try #require(try response.json()["access_token"]?.string)
    }

    func get(
        _ uri: String, token: String? = nil, location: SourceLocation = #_sourceLocation
    ) async throws
        -> TestResponse
    {
        try await send(.get, uri, headers(token), location: location)
    }

    func issue(
        _ body: JSONObject = application, token: String, key: String? = "key-1",
        location: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        var headers = headers(token)
        headers[IdempotencyKey.name] = key
        return try await post(LicenseCaller.licenses, body, headers, location: location)
    }

    func change(
        _ number: String, to state: String, reason: String = "Asked for", token: String,
        location: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        let body = JSONObject([("state", .string(state)), ("reason", .string(reason))])
        return try await post(
            "\(LicenseCaller.licenses)/\(number)/status", body, headers(token), location: location)
    }

    func post(
        _ uri: String, _ body: JSONObject, _ headers: HTTPFields, location: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await send(.post, uri, headers, body: JSONValue.object(body).compactText, location: location)
    }

    /// The number of a license that is issued here.
    func issued(_ portal: String = "market") async throws -> String {
        let response = try await issue(token: token(portal))
        return try #require(try response.json()["number"]?.string)
    }

    func headers(_ token: String?) -> HTTPFields {
        token.map { [.authorization: "Bearer \($0)"] } ?? [:]
    }
}

extension LicenseCaller {
    /// Status, headers and media type of an answer stand in `/openapi.json`.
    private func expectDescribed(
        _ response: TestResponse, _ method: HTTPRequest.Method, _ uri: String, _ location: SourceLocation
    ) throws {
        guard response.status != .methodNotAllowed else { return }
        let path = uri.prefix { $0 != "?" }
        let operation = ServiceDescription.operations.first {
            ($0.method == method || ($0.method == .get && method == .head)) && LicenseCaller.matches($0.path, path)
        }
        guard let operation else { return }
        guard let answer = operation.answers.first(where: { $0.status == response.status.code }) else {
            Issue.record("\(method) \(path) answers \(response.status), undescribed", sourceLocation: location)
            return
        }
        let type = response.headers[.contentType].map { String($0.prefix { $0 != ";" }) }
        if let type, method != .head {
            #expect(answer.content.contains { $0.type == type }, "\(path): \(type)", sourceLocation: location)
        }
        for name in answer.headers {
            let header = HTTPField.Name(name).flatMap { response.headers[$0] }
            #expect(header != nil, "\(path) \(response.status) lacks \(name)", sourceLocation: location)
        }
    }

    private static func matches(_ pattern: String, _ path: some StringProtocol) -> Bool {
        let (left, right) = (pattern.split(separator: "/"), path.split(separator: "/"))
        return left.count == right.count && zip(left, right).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
}

/// Asserts a problem document (RFC 9457 §3).
func expectProblem(
    _ response: TestResponse, _ status: HTTPResponse.Status, pointers: [String] = [],
    location: SourceLocation = #_sourceLocation
) throws {
    #expect(response.status == status, "\(response.text)", sourceLocation: location)
    #expect(response.headers[.contentType] == Problem.mediaType, sourceLocation: location)
    let problem = try response.json()
    #expect(problem["type"]?.string == "about:blank", sourceLocation: location)
    #expect(problem["title"]?.string == status.reasonPhrase, sourceLocation: location)
    #expect(problem["status"]?.integer == Int64(status.code), sourceLocation: location)
    let detail = try #require(problem["detail"]?.string, sourceLocation: location)
    #expect(detail.hasSuffix(".") && detail.first?.isUppercase == true, "\(detail)", sourceLocation: location)
    let found = problem["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? []
    #expect(found == pointers, "\(response.text)", sourceLocation: location)
}
