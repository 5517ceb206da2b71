import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Primitives
import Testing

@testable import Web

/// The routes of sign-on over the operations of Identity and books in memory.
struct TestSite {
    let desk: TestDesk
    let signOn: SignOn

    /// - Parameter passwords: `nil`: those of the desk.
    init(_ desk: TestDesk = TestDesk(), passwords: (any PasswordHashing)? = nil) {
        let ports = desk.signOn
        self.desk = desk
        signOn = SignOn(
            directory: ports.directory, policy: ports.policy, books: ports.books, keys: ports.keys, mac: ports.mac,
            naming: ports.naming, passwords: passwords ?? ports.passwords, oneTimePasswords: ports.oneTimePasswords,
            sealing: ports.sealing, hashing: ports.hashing, randomness: ports.randomness, verifier: ports.verifier,
            clock: ports.clock)
    }

    var signOnDesk: SignOnDesk {
        get throws {
            let ports = SignOnPorts(
                signOn: signOn, departmentNames: ["market": TestDesk.text("Market Bureau")],
                qrCode: { _ in [[true, false], [false, true]] })
            return try SignOnDesk(ports, isBehindProxy: false)
        }
    }

    var routes: [Route] { get throws { try signOnDesk.routes } }

    var list: RouteList {
        get throws {
            let site = try signOnDesk
            return RouteList(
                site.routes, documents: site.documents, issuerURL: signOn.directory.issuer, isBehindProxy: false,
                clock: desk.clock)
        }
    }

    var application: some ApplicationProtocol { get throws { Application(responder: try list.table) } }

    /// With an account, and a browser that has been nowhere.
    static func visit(
        _ desk: TestDesk = TestDesk(), passwords: (any PasswordHashing)? = nil,
        _ body: @Sendable (TestSurfer) async throws -> Void
    ) async throws {
        try await desk.addAccount()
        try await TestSite(desk, passwords: passwords).application.test(.router) { client in
            try await body(TestSurfer(desk, client))
        }
    }
}

/// A browser: keeps cookies and knows how to press the buttons of a page.
final class TestSurfer: Sendable {
    let desk: TestDesk
    let client: any TestClientProtocol
    private let jar = Jar()

    private final class Jar: @unchecked Sendable {
        var cookies: [String: String] = [:]
    }

    init(_ desk: TestDesk, _ client: any TestClientProtocol) {
        (self.desk, self.client) = (desk, client)
    }

    var cookies: [String: String] {
        get { jar.cookies }
        set { jar.cookies = newValue }
    }

    /// Another browser at the same site.
    var other: TestSurfer { TestSurfer(desk, client) }

    func get(_ uri: String, _ headers: HTTPFields = [.acceptLanguage: "en"]) async throws -> TestResponse {
        try await send(uri, .get, headers, body: nil)
    }

    func post(
        _ uri: String, _ form: [(name: String, value: String)], _ headers: HTTPFields = [.acceptLanguage: "en"]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(uri, .post, headers, body: FormWriter.text(form))
    }

    func send(
        _ uri: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, body: String?
    ) async throws -> TestResponse {
        var headers = headers
        let cookie = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !cookie.isEmpty { headers[.cookie] = cookie }
        let response = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for line in response.headers[values: .setCookie] { keep(line) }
        return response
    }

    private func keep(_ line: String) {
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
    }

    /// Follows redirects inside the provider to the page or the address at a portal.
    func follow(_ response: TestResponse) async throws -> TestResponse {
        var response = response
        while response.status == .seeOther, let location = response.headers[.location], location.hasPrefix("/") {
            response = try await get(location)
        }
        return response
    }

    /// Presses a button of the page's form; fields of the form that are not given keep their values.
    func press(
        _ page: TestResponse, action: String, _ fields: [(name: String, value: String)] = []
    ) async throws -> TestResponse {
        let form = try #require(page.text.split(separator: "action=\"\(action)\"", maxSplits: 1).dropFirst().first)
        let own = form.split(separator: "</form>", maxSplits: 1)[0]
        var pairs = own.split(separator: "<input type=\"hidden\" name=\"").dropFirst().map { part in
            let parts = part.split(separator: "\"", omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: String(parts[2]))
        }
        for field in fields {
            pairs.removeAll { $0.name == field.name }
            pairs.append(field)
        }
        return try await post(action, pairs)
    }

    /// A portal's request; `nil` takes a parameter out.
    static func request(_ portal: String = "citizen", _ changes: [String: String?] = [:]) -> String {
        "/authorize?" + FormWriter.text(pairs(portal, changes))
    }

    static func pairs(_ portal: String, _ changes: [String: String?] = [:]) -> [(name: String, value: String)] {
        var values: [String: String?] = [
            "client_id": portal, "redirect_uri": "https://\(portal).example/callback", "response_type": "code",
            "scope": "openid profile", "state": "s1", "nonce": "n1",
        ]
        values.merge(changes) { $1 }
        return values.compactMap { name, value in value.map { (name, $0) } }.sorted { $0.0 < $1.0 }
    }

    func signIn(_ page: TestResponse, _ password: String = TestDesk.password) async throws -> TestResponse {
        try await press(page, action: "/sign-in", [("username", TestDesk.login), ("password", password)])
    }

    /// From a portal's request to the `Location` at the portal.
    func reach(_ portal: String = "citizen", _ changes: [String: String?] = [:]) async throws -> String {
        var page = try await follow(get(TestSurfer.request(portal, changes)))
        if page.text.contains("action=\"/sign-in\"") { page = try await follow(signIn(page)) }
        if page.text.contains("action=\"/consent\"") {
            page = try await press(page, action: "/consent", [("decision", "allow")])
        }
        return try #require(page.headers[.location])
    }

    /// A parameter of an address.
    static func parameter(_ name: String, of location: String) throws -> String {
        let query = try #require(location.split(separator: "?", maxSplits: 1).last)
        return try #require(FormReader.pairs(Array(query.utf8)).first { $0.name == name }?.value)
    }

    static let basic: HTTPFields = [
        .authorization: "Basic " + Base64.encode(Array("citizen:\(TestDesk.secret)".utf8))
    ]

    /// The access token of a code.
    func redeem(_ location: String) async throws -> JSONValue {
        let response = try await post(
            "/token",
            [
                ("grant_type", "authorization_code"), ("code", TestSurfer.parameter("code", of: location)),
                ("redirect_uri", "https://citizen.example/callback"),
            ], TestSurfer.basic)
        #expect(response.status == .ok)
        return try JSONReader.read(response.text)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func json() throws -> JSONValue { try JSONReader.read(text) }
}

extension HTTPField.Name {
    static let dpopNonce = fieldName("DPoP-Nonce")
    static let referrerPolicy = fieldName("Referrer-Policy")
}
