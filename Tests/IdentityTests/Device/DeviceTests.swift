import Audit
import Identity
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct DeviceTests {
    private func start(
        _ desk: TokenDesk, _ portal: String = "app", scope: String? = nil, resource: String? = nil,
        key: TestKey? = nil, address: String = "192.0.2.1"
    ) async throws -> JSONObject {
        let uri = TestDesk.issuer + "/device_authorization"
        return try await StartDevice(desk.signOn, memory: desk.memory).start(
            desk.request(
                portal, ["scope": scope, "resource": resource], endpoint: .deviceAuthorization,
                proofs: key.map { [desk.proof($0, uri: uri)] } ?? []), from: address)
    }

    private func poll(
        _ desk: TokenDesk, _ answer: JSONObject, as portal: String = "app", key: TestKey? = nil
    ) -> TokenRequest {
        desk.request(
            portal,
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "device_code": answer["device_code"]?.string,
            ], proofs: key.map { [desk.proof($0)] } ?? [])
    }

    private func question(_ desk: TokenDesk, _ answer: JSONObject) async throws -> DeviceQuestion? {
        let code = answer["user_code"]?.string
        guard
            case .question(let question) = try await DecideDevice(desk.signOn).look(
                userCode: code, browser: desk.browser)
        else { return nil }
        return question
    }

    private func decide(_ desk: TokenDesk, _ answer: JSONObject, allows: Bool) async throws -> DeviceStep {
        let question = try #require(try await question(desk, answer))
        return try await DecideDevice(desk.signOn).decide(
            userCode: question.userCode, allows: allows, formToken: question.formToken, browser: desk.browser)
    }

    @Test func `a device waits, is allowed, and gets tokens once`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk, scope: "openid profile")
        #expect(answer["interval"] == 5 && answer["expires_in"] == 600)
        #expect(answer["verification_uri"] == "https://login.example/device")
        #expect(try await desk.refusal(poll(desk, answer)) == .authorizationPending)
        let question = try #require(try await question(desk, answer))
        #expect(question.portal.id == "app" && question.data == ["openid", "profile"])
        guard case .done(isAllowed: true) = try await decide(desk, answer, allows: true) else {
            Issue.record("not allowed")
            return
        }
        let tokens = try await desk.redeem(poll(desk, answer))
        #expect(tokens["id_token"] != nil && tokens["scope"] == "openid profile")
        #expect(try await desk.userInfo(tokens["access_token"]?.string)["name"] == "王小明")
        #expect(try await desk.refresh("app", tokens["refresh_token"]?.string)["refresh_token"] != nil)
        #expect(try await desk.refusal(poll(desk, answer)) == .invalidGrant)
        #expect(desk.entries(.deviceStarted).count == 1 && desk.entries(.deviceAllowed).count == 1)
    }

    @Test func `a device that is denied hears so`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        _ = try await decide(desk, answer, allows: false)
        #expect(try await desk.refusal(poll(desk, answer)) == .accessDenied)
        #expect(desk.entries(.deviceDenied).count == 1)
        #expect(try await question(desk, answer) == nil)
    }

    @Test func `a device that asks too often must slow down`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        #expect(try await desk.refusal(poll(desk, answer)) == .authorizationPending)
        desk.desk.clock.advance(by: 4)
        #expect(try await desk.refusal(poll(desk, answer)) == .slowDown)
        desk.desk.clock.advance(by: 9)
        #expect(try await desk.refusal(poll(desk, answer)) == .slowDown)
        desk.desk.clock.advance(by: 15)
        #expect(try await desk.refusal(poll(desk, answer)) == .authorizationPending)
        #expect(desk.entries(.tokenRefused).isEmpty)
    }

    @Test func `a code is too late after ten minutes, on both sides`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        desk.desk.clock.advance(by: 599)
        #expect(try await desk.refusal(poll(desk, answer)) == .authorizationPending)
        desk.desk.clock.advance(by: 1)
        #expect(try await desk.refusal(poll(desk, answer)) == .expiredToken)
        #expect(try await question(desk, answer) == nil)
    }

    @Test func `a device code belongs to the key that was proven when it was given`() async throws {
        let desk = try await TokenDesk()
        let (own, other) = (TestKey(.es256), TestKey(.es256))
        let answer = try await start(desk, key: own)
        _ = try await decide(desk, answer, allows: true)
        #expect(try await desk.refusal(poll(desk, answer)) == .invalidGrant)
        #expect(try await desk.refusal(poll(desk, answer, key: other)) == .invalidGrant)
        let tokens = try await desk.redeem(poll(desk, answer, key: own))
        #expect(tokens["token_type"] == "DPoP")
        #expect(JSONObject(claimsOf: tokens["access_token"]?.string)["cnf"]?["jkt"]?.string == own.thumbprint)
    }

    @Test func `a device code that was given without a key may be redeemed with one`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        _ = try await decide(desk, answer, allows: true)
        #expect(try await desk.redeem(poll(desk, answer, key: TestKey(.es256)))["token_type"] == "DPoP")
    }

    @Test(arguments: [5, 41, 50, 54]) func `a device code with one character changed is refused`(
        position: Int
    ) async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk, key: TestKey(.es256))
        _ = try await decide(desk, answer, allows: true)
        var bytes = Array(try #require(answer["device_code"]?.string).utf8)
        bytes[position] = bytes[position] == UInt8(ascii: "A") ? UInt8(ascii: "Q") : UInt8(ascii: "A")
        let forged = JSONObject([("device_code", .string(String(decoding: bytes, as: UTF8.self)))])
        let refusal = try await desk.refusal(poll(desk, forged))
        #expect(refusal == .invalidGrant || refusal == .expiredToken)
    }

    @Test func `a proof for another address starts no device`() async throws {
        let desk = try await TokenDesk()
        let request = desk.request("app", [:], endpoint: .deviceAuthorization, proofs: [desk.proof(TestKey(.es256))])
        do {
            _ = try await StartDevice(desk.signOn, memory: desk.memory).start(request, from: "")
            Issue.record("started")
        } catch TokenRefusal.proof(let fault, _) {
            #expect(fault == .uri)
        }
    }

    @Test func `anyone can start devices of a public portal, but not fill the log with them`() async throws {
        let desk = try await TokenDesk()
        for _ in 0..<100 { _ = try await start(desk) }
        #expect(desk.entries(.deviceStarted).count == 60)
        desk.desk.clock.advance(by: 60)
        _ = try await start(desk)
        #expect(desk.entries(.deviceStarted).last?.details["skipped"] == 40)
    }

    @Test func `one host cannot keep all others from starting devices of a public portal`() async throws {
        let portals = TokenDesk.portals + [TokenDesk.portal("kiosk", scopes: ["openid"], grants: [.deviceCode])]
        let desk = try await TokenDesk(portals: portals)
        for number in 0..<200 { _ = try await start(desk, address: "192.0.2.\(number)") }
        await #expect(throws: TokenRefusal.tooManyDevicesOfAddress) { try await start(desk, address: "192.0.2.250") }
        _ = try await start(desk, address: "198.51.100.7")
        // Whoever proves to be the portal may start devices for all of its people from one place.
        for _ in 0..<201 { _ = try await start(desk, "kiosk", address: "192.0.2.1") }
        desk.desk.clock.advance(by: 600)
        _ = try await start(desk, address: "192.0.2.250")
    }

    @Test func `anyone can ask for a device that is denied or not there, but not fill the log with it`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        _ = try await decide(desk, answer, allows: false)
        let time = UInt64(desk.now.secondsSinceEpoch + 500)
        let unknown = desk.desk.randomness.bytes(32) + (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
        let forged = JSONObject([("device_code", .string(Base64.encodeURL(unknown + [0])))])
        for _ in 0..<50 {
            #expect(try await desk.refusal(poll(desk, answer)) == .accessDenied)
            #expect(try await desk.refusal(poll(desk, forged)) == .invalidGrant)
        }
        // The start of the device is of the same budget.
        #expect(desk.entries(.tokenRefused).count == 59)
        desk.desk.clock.advance(by: 60)
        #expect(try await desk.refusal(poll(desk, forged)) == .invalidGrant)
        #expect(desk.entries(.tokenRefused).last?.details["skipped"] == 41)
    }

    @Test func `a device code belongs to its portal`() async throws {
        let portals = TokenDesk.portals + [TokenDesk.portal("box", scopes: ["openid"], grants: [.deviceCode])]
        let desk = try await TokenDesk(portals: portals)
        let answer = try await start(desk)
        #expect(try await desk.refusal(poll(desk, answer, as: "box")) == .invalidGrant)
    }

    @Test func `portals without the grant and scopes beyond the portal's are refused`() async throws {
        let desk = try await TokenDesk()
        await #expect(throws: TokenRefusal.grantNotAllowed) { try await start(desk, "citizen") }
        await #expect(throws: TokenRefusal.scope) { try await start(desk, scope: "openid admin") }
    }

    @Test func `a hundred polls of an allowed code give tokens once`() async throws {
        let desk = try await TokenDesk()
        let answer = try await start(desk)
        _ = try await decide(desk, answer, allows: true)
        let count = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { try await desk.refusal(poll(desk, answer)) == nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 1)
    }

    @Test func `an answer counts only from this session's page for this code`() async throws {
        let desk = try await TokenDesk()
        let (first, second) = (try await start(desk), try await start(desk))
        let question = try #require(try await question(desk, first))
        let decide = DecideDevice(desk.signOn)
        let nobody = Browser(session: nil, flow: nil, device: nil, address: "192.0.2.1", userAgent: "")
        guard
            case .enter(.formLost) = try await decide.decide(
                userCode: second["user_code"]?.string ?? "", allows: true, formToken: question.formToken,
                browser: desk.browser),
            case .signInFirst = try await decide.decide(
                userCode: question.userCode, allows: true, formToken: question.formToken, browser: nobody),
            case .signInFirst = try await decide.look(userCode: question.userCode, browser: nobody)
        else {
            Issue.record("an answer was taken")
            return
        }
        #expect(try await desk.refusal(poll(desk, second)) == .authorizationPending)
    }

    @Test func `user codes cannot be guessed for long`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 5
        let desk = try await TokenDesk(policy: policy)
        let answer = try await start(desk)
        let look = { try await DecideDevice(desk.signOn).look(userCode: $0, browser: desk.browser) }
        for _ in 0..<5 {
            guard case .enter(.unknownCode) = try await look("BCDF-GHJK") else {
                Issue.record("known")
                return
            }
        }
        guard case .enter(.throttled) = try await look(answer["user_code"]?.string) else {
            Issue.record("not throttled")
            return
        }
    }

    @Test func `a session below the portal's floor is not enough`() async throws {
        let high = Portal(
            id: "box", name: TestDesk.text("Box"), departmentID: "market", sector: "market", kind: .public,
            authentication: .none, grants: [.deviceCode], scopes: ["openid"], minimumAssurance: .high)
        let desk = try await TokenDesk(portals: [high])
        let answer = try await start(desk, "box")
        let step = try await DecideDevice(desk.signOn).look(
            userCode: answer["user_code"]?.string, browser: desk.browser)
        guard case .enter(.level(.high)) = step else {
            Issue.record("\(step)")
            return
        }
    }

    @Test func `a replayed proof spends no device code`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let (first, second) = (try await start(desk, key: key), try await start(desk, key: key))
        for answer in [first, second] { _ = try await decide(desk, answer, allows: true) }
        let request = poll(desk, first, key: key)
        _ = try await desk.redeem(request)
        let form = poll(desk, second).parameters
        let replay = TokenRequest(
            endpoint: .token, parameters: form, authorization: nil, proofs: request.proofs)
        #expect(try await desk.refusal(replay) == .invalidDPoPProof)
        #expect(desk.entries(.tokenIssued).count == 1)
        #expect(try await desk.redeem(poll(desk, second, key: key))["token_type"] == "DPoP")
    }

    @Test func `what the policy takes from a portal meanwhile its device does not get, and its code stays good`()
        async throws
    {
        let desk = try await TokenDesk()
        let market = "https://api.example/market"
        let answer = try await start(desk, resource: market)
        _ = try await decide(desk, answer, allows: true)
        let narrower = desk.signOn.with(portals: TokenDesk.portals.filter { $0.id != "market-api" })
        await #expect(throws: TokenRefusal.target) {
            try await RedeemToken(narrower, memory: desk.memory).redeem(poll(desk, answer))
        }
        #expect(desk.entries(.tokenIssued).isEmpty)
        let tokens = try await desk.redeem(poll(desk, answer))
        #expect(JSONObject(claimsOf: tokens["access_token"]?.string)["aud"]?.string == market)
    }
}
