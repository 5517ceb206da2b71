import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Primitives
import Testing

@testable import Web

@Suite struct DeviceRouteTests {
    private static let desk = TestDesk(
        portals: [
            Portal(
                id: "citizen", name: TestDesk.text("Kiosk"), departmentID: "market", sector: "commerce",
                kind: .confidential, authentication: .secretBasic(TestDesk.secretHash), grants: [.deviceCode],
                scopes: ["openid", "profile"])
        ])

    private func start(_ surfer: TestSurfer) async throws -> (device: String, user: String) {
        let answer = try await surfer.post("/device_authorization", [("scope", "openid profile")], TestSurfer.basic)
        #expect(answer.status == .ok)
        let body = try answer.json()
        return (try #require(body["device_code"]?.string), try #require(body["user_code"]?.string))
    }

    private func poll(_ surfer: TestSurfer, _ device: String) async throws -> JSONValue {
        try await surfer.post(
            "/token", [("grant_type", GrantType.deviceCode.wireName), ("device_code", device)], TestSurfer.basic
        ).json()
    }

    @Test func `a device waits, its owner types the code and agrees, and it gets its tokens`() async throws {
        try await TestSite.visit(DeviceRouteTests.desk) { surfer in
            let (device, user) = try await start(surfer)
            #expect(try await poll(surfer, device)["error"]?.string == "authorization_pending")
            let field = try await surfer.follow(surfer.signIn(surfer.get("/device")))
            #expect(field.text.contains("name=\"user_code\""))
            let question = try await surfer.follow(
                surfer.press(field, action: "/device", [("user_code", user.lowercased())]))
            #expect(question.text.contains("Connect Kiosk?") && question.text.contains(user))
            let done = try await surfer.follow(
                surfer.press(question, action: "/device/decision", [("decision", "allow")]))
            #expect(done.text.contains("The device is connected."))
            surfer.desk.clock.advance(by: 10)
            #expect(try await poll(surfer, device)["access_token"]?.string != nil)
        }
    }

    @Test func `what is too long for a user code is none`() async throws {
        try await TestSite.visit(TestDesk(portals: DeviceRouteTests.desk.signOn.directory.portals.map(\.value))) {
            surfer in
            let long = String(repeating: "B", count: 12_000)
            let page = try await surfer.get("/device?user_code=\(long)")
            #expect(page.status == .ok && !page.text.contains("BBBB"))
            let typed = try await surfer.post("/device", [("user_code", long)])
            #expect(typed.status == .seeOther && typed.headers[.location] == "/device")
        }
    }

    @Test func `no is no, and a code that nobody waits for is told`() async throws {
        try await TestSite.visit(TestDesk(portals: DeviceRouteTests.desk.signOn.directory.portals.map(\.value))) {
            surfer in
            let (device, user) = try await start(surfer)
            let page = try await surfer.get("/device?user_code=\(user)")
            let question = try await surfer.follow(surfer.signIn(page))
            let unknown = try await surfer.get("/device?user_code=BBBB-BBBB")
            #expect(unknown.text.contains("No device waits with this code, or it is too old."))
            let forged = try await surfer.post(
                "/device/decision", [("user_code", user), ("token", "x"), ("decision", "allow")])
            #expect(forged.status == .badRequest)
            let done = try await surfer.follow(
                surfer.press(question, action: "/device/decision", [("decision", "deny")]))
            #expect(done.text.contains("The device is not connected."))
            #expect(try await poll(surfer, device)["error"]?.string == "access_denied")
        }
    }

    @Test func `an address that starts devices too often waits`() async throws {
        try await TestSite.visit(TestDesk(portals: DeviceRouteTests.desk.signOn.directory.portals.map(\.value))) {
            surfer in
            for _ in 1...240 { _ = try await start(surfer) }
            let answer = try await surfer.post("/device_authorization", [], TestSurfer.basic)
            #expect(answer.status == .tooManyRequests && answer.headers[.retryAfter] == "5")
            #expect(try answer.json()["error"]?.string == "temporarily_unavailable")
            surfer.desk.clock.advance(by: 1)
            _ = try await start(surfer)
        }
    }
}
