import Audit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import JOSE
import Licensing
import OpenSSLCrypto
import Primitives
import Testing

@testable import Web

@Suite struct LicenseGateTests {
    private static let challenge = HTTPField.Name.wwwAuthenticate

    @Test func `without a token nothing but the challenge is told`() async throws {
        try await LicenseSite.visit { caller in
            for (method, path) in [
                (HTTPRequest.Method.post, "/v1/licenses"), (.get, "/v1/licenses/x"),
                (.get, "/v1/licenses/x/document.pdf"),
                (.post, "/v1/licenses/x/status"),
            ] {
                let response = try await caller.send(method, path)
                try expectProblem(response, .unauthorized)
                let challenge = try #require(response.headers[Self.challenge])
                #expect(challenge.contains("Bearer realm=") && challenge.contains("DPoP algs="))
                #expect(!challenge.contains("error="))
            }
        }
    }

    @Test func `what is no live token of this provider for itself is invalid`() async throws {
        try await LicenseSite.visit { caller in
            let good = try await caller.token()
            let parts = good.split(separator: ".").map(String.init)
            let forged = [parts[0], parts[1], String(parts[2].reversed())].joined(separator: ".")
            for token in ["nonsense", forged, parts[0] + "." + parts[1] + ".", good + "x"] {
                let response = try await caller.issue(token: token)
                try expectProblem(response, .unauthorized)
                #expect(response.headers[Self.challenge]?.contains("error=\"invalid_token\"") == true)
            }
            caller.site.desk.clock.advance(by: 601)
            try expectProblem(await caller.issue(token: good), .unauthorized)
            #expect(caller.site.office.register.numbers.isEmpty)
        }
    }

    @Test func `a token given back opens nothing any more`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            let basic = "Basic " + Base64.encode(Array("market:\(LicenseSite.secret)".utf8))
            _ = try await caller.send(
                .post, "/revoke",
                [.authorization: basic, .contentType: "application/x-www-form-urlencoded"], body: "token=\(token)")
            try expectProblem(await caller.issue(token: token), .unauthorized)
        }
    }

    @Test func `a token without the scope is told which it lacks`() async throws {
        try await LicenseSite.visit { caller in
            let response = try await caller.issue(token: caller.token(scope: "license:read license:status"))
            try expectProblem(response, .forbidden)
            let challenge = try #require(response.headers[Self.challenge])
            #expect(challenge.contains("error=\"insufficient_scope\"") && challenge.contains("scope=\"license:issue\""))
        }
    }

    @Test func `what a live token does not reach is put on record, within a budget`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let books = caller.site.desk.books
            let reader = try await caller.token("reader", scope: "license:read")
            let housing = try await caller.token("housing")
            try expectProblem(await caller.issue(token: reader), .forbidden)
            try expectProblem(await caller.get("/v1/licenses/\(number)", token: housing), .forbidden)
            var body = LicenseCaller.application
            body["department"] = "Not an id: 张三"
            _ = try await caller.issue(body, token: housing, key: "key-2")
            let entries = books.entries.filter { $0.event == .tokenRefused }
            #expect(entries.count == 3 && entries.allSatisfy { $0.outcome == .refused })
            #expect(entries.map(\.actor) == ["reader", "housing", "housing"])
            #expect(entries.map { $0.details["error"] } == ["insufficient_scope", "access_denied", "access_denied"])
            #expect(entries.map { $0.details["scope"] } == ["license:issue", "license:read", "license:issue"])
            #expect(entries.map { $0.details["department"] } == [nil, "market-regulation", "?"])
            #expect(entries.map(\.object) == [nil, number, nil] && entries.allSatisfy { $0.details["token"] != nil })
            for _ in 0..<100 { _ = try await caller.get("/v1/licenses/\(number)", token: housing) }
            #expect(books.entries.filter { $0.event == .tokenRefused && $0.actor == "housing" }.count == 60)
            caller.site.desk.clock.advance(by: 61)
            _ = try await caller.get("/v1/licenses/\(number)", token: housing)
            #expect(books.entries.last?.details["skipped"] == 42)
        }
    }

    @Test func `two Authorization headers are refused`() async throws {
        try await LicenseSite.visit { caller in
            var headers = caller.headers(try await caller.token())
            headers.append(HTTPField(name: .authorization, value: "Bearer x"))
            headers[IdempotencyKey.name] = "k"
            try expectProblem(
                await caller.post(LicenseCaller.licenses, LicenseCaller.application, headers), .badRequest)
        }
    }

    @Test func `a token in the address or under another scheme is none`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            let uri = "/v1/licenses/x"
            try expectProblem(await caller.get("\(uri)?access_token=\(token)"), .unauthorized)
            let basic: HTTPFields = [.authorization: "Basic \(token)"]
            try expectProblem(await caller.send(.get, uri, basic), .unauthorized)
            let dpop: HTTPFields = [.authorization: "DPoP \(token)"]
            try expectProblem(await caller.send(.get, uri, dpop), .unauthorized)
        }
    }

    @Test func `a person issues only with the role of a maker`() async throws {
        for (roles, status) in [
            ([], HTTPResponse.Status.forbidden), ([DepartmentRole("market-regulation", .auditor)], .forbidden),
            ([DepartmentRole("housing", .maker)], .forbidden),
            ([DepartmentRole("market-regulation", .maker)], .created),
        ] {
            let site = LicenseSite()
            let account = try await site.addOfficer(roles)
            try await LicenseSite.visit(site) { caller in
                let surfer = TestSurfer(site.desk, caller.client)
                let code = try await surfer.reach("counter", ["scope": "openid license:issue license:read"])
                let answer = try await surfer.post(
                    "/token",
                    [
                        ("grant_type", "authorization_code"), ("code", TestSurfer.parameter("code", of: code)),
                        ("redirect_uri", "https://counter.example/callback"),
                    ], [.authorization: "Basic " + Base64.encode(Array("counter:\(TestDesk.secret)".utf8))]
                ).json()
                let token = try #require(answer["access_token"]?.string)
                let response = try await caller.issue(token: token)
                #expect(response.status == status, "\(response.text)")
                if status == .created {
                    let entry = try #require(site.office.register.entries.last)
                    #expect(entry.actor == account.id.description && entry.details["portal"] == "counter")
                }
                let idToken = try #require(answer["id_token"]?.string)
                try expectProblem(await caller.issue(token: idToken), .unauthorized)
            }
        }
    }

    @Test func `a token that is bound to a key needs its proof, made for this address and once`() async throws {
        try await LicenseSite.visit { caller in
            let prover = try Prover(caller.site.desk)
            let token = try await prover.token(caller)
            let number = try await caller.issued()
            let uri = "/v1/licenses/\(number)"
            try expectProblem(await caller.get(uri, token: token), .unauthorized)
            let proof = try prover.proof("GET", uri, token: token)
            #expect(try await caller.send(.get, uri, prover.headers(token, proof)).status == .ok)
            let replayed = try await caller.send(.get, uri, prover.headers(token, proof))
            try expectProblem(replayed, .unauthorized)
            #expect(replayed.headers[Self.challenge]?.contains("invalid_dpop_proof") == true)
            #expect(replayed.headers[.dpopNonce] != nil)
            for wrong in [
                try prover.proof("POST", uri, token: token), try prover.proof("GET", uri + "/credential", token: token),
                try prover.proof("GET", uri, token: "another"),
                try Prover(caller.site.desk).proof("GET", uri, token: token),
            ] {
                try expectProblem(await caller.send(.get, uri, prover.headers(token, wrong)), .unauthorized)
            }
            let head = try prover.proof("HEAD", uri, token: token)
            #expect(try await caller.send(.head, uri, prover.headers(token, head)).status == .ok)
        }
    }
}

/// A key, and proofs that a caller has it (RFC 9449 §4.2).
private struct Prover {
    let desk: TestDesk
    let signer: OpenSSLSigner
    let key: JWK

    init(_ desk: TestDesk) throws {
        self.desk = desk
        let privateKey = try PrivateKey.generate(for: .es256)
        signer = try OpenSSLSigner(key: privateKey, algorithm: .es256)
        key = try #require(
            JWK(subjectPublicKeyInfo: try privateKey.subjectPublicKeyInfo(), algorithm: .es256, keyID: nil))
    }

    func proof(_ method: String, _ path: String, token: String?) throws -> String {
        var public_ = key.object
        for name in ["alg", "use", "kid"] { public_[name] = nil }
        var claims = JSONObject([
            ("jti", .string(Base64.encodeURL(OpenSSLRandomness().bytes(16)))), ("htm", .string(method)),
            ("htu", .string(TestDesk.issuer + path)), ("iat", .integer(desk.clock.now().secondsSinceEpoch)),
        ])
        claims["ath"] = token.map { .string(Base64.encodeURL(OpenSSLHashing().sha256(Array($0.utf8)).bytes)) }
        return try JWS.signed(
            payload: Array(JSONValue.object(claims).compactText.utf8),
            header: JSONObject([("typ", "dpop+jwt"), ("jwk", .object(public_))]), includesChain: false, by: signer)
    }

    func headers(_ token: String, _ proof: String) -> HTTPFields {
        [.authorization: "DPoP \(token)", TokenRoutes.dpop: proof]
    }

    /// Bound to the key.
    func token(_ caller: LicenseCaller) async throws -> String {
        let response = try await caller.send(
            .post, "/token",
            [
                .authorization: "Basic " + Base64.encode(Array("market:\(LicenseSite.secret)".utf8)),
                .contentType: "application/x-www-form-urlencoded",
                TokenRoutes.dpop: try proof("POST", "/token", token: nil),
            ], body: "grant_type=client_credentials&scope=license:read")
        let answer = try response.json()
        #expect(answer["token_type"] == "DPoP")
        return try #require(answer["access_token"]?.string)
    }
}

extension LicenseSite {
    /// Signs in as `TestDesk.login` does.
    fileprivate func addOfficer(_ roles: [DepartmentRole]) async throws -> Account {
        let now = desk.clock.now()
        let account = Account(
            id: Identifier(from: desk.randomness), kind: .person,
            profile: Profile(
                name: "李四", givenName: nil, familyName: nil, email: nil, isEmailVerified: false, phone: nil,
                address: nil, idType: nil, id: nil), assurance: .substantial, roles: roles, namingVersion: 1,
            createdAt: now, updatedAt: now)
        let hash = "test$" + OpenSSLHashing().sha256(Array(TestDesk.password.utf8)).description
        try await desk.books.add(account, login: TestDesk.login, passwordHash: hash, entries: [])
        return account
    }
}
