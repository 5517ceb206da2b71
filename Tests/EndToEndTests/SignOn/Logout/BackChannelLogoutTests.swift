import Foundation
import JOSE
import Primitives
import Testing

/// Modules of the Back-Channel Logout OP plan, and deliveries that fail.
@Suite struct `Back-Channel Logout OP` {
    private static let event = "http://schemas.openid.net/event/backchannel-logout"

    private let site: SignOnSite
    private let basic: RelyingParty
    private let second: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        second = try RelyingParty(site.portals.second, at: site)
    }

    @Test func `oidcc-backchannel-logout-discovery-endpoint-verification: offered, with sid`() throws {
        let document = try #require(try site.get("/.well-known/openid-configuration").json)
        #expect(document["backchannel_logout_supported"]?.bool == true)
        #expect(document["backchannel_logout_session_supported"]?.bool == true)
        #expect(document["end_session_endpoint"]?.string != nil)
    }

    /// The notice of a session at a portal, of all that arrive in time.
    private func notice(of session: String, at path: String) throws -> LogoutReceiver.Notice {
        for _ in 0..<400 {
            for notice in site.receiver.notices(path) {
                if try claims(notice)["sid"]?.string == session { return notice }
            }
            usleep(50_000)
        }
        throw Misfortune("no logout token came to \(path)")
    }

    private func claims(_ notice: LogoutReceiver.Notice) throws -> JSONObject {
        let token = try #require(notice.form["logout_token"])
        return try #require(try JSONReader.read(try JWS(parsing: token).payload).object)
    }

    /// Back-Channel Logout 1.0 §2.4 to §2.6.
    private func expectGood(
        _ notice: LogoutReceiver.Notice, _ party: RelyingParty, idToken: JSONObject,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(notice.head.hasPrefix("POST "), sourceLocation: sourceLocation)
        #expect(
            notice.head.lowercased().contains("content-type: application/x-www-form-urlencoded"),
            sourceLocation: sourceLocation)
        let token = try #require(notice.form["logout_token"], sourceLocation: sourceLocation)
        #expect(try site.verified(token).type == "logout+jwt", sourceLocation: sourceLocation)
        let claims = try claims(notice)
        #expect(claims["iss"]?.string == site.issuer, sourceLocation: sourceLocation)
        #expect(claims["aud"]?.string == party.portal.id, sourceLocation: sourceLocation)
        #expect(claims["sub"] == idToken["sub"] && claims["sid"] == idToken["sid"], sourceLocation: sourceLocation)
        #expect(claims["events"]?[Self.event] == .object(JSONObject()), sourceLocation: sourceLocation)
        #expect(claims["nonce"] == nil && claims["jti"]?.string != nil, sourceLocation: sourceLocation)
        let life = (claims["exp"]?.integer ?? 0) - (claims["iat"]?.integer ?? 0)
        #expect((1...120).contains(life), sourceLocation: sourceLocation)
    }

    @Test func `oidcc-backchannel-rp-initiated-logout: every portal of the session is told, then nobody is signed in`()
        async throws
    {
        try await Crowd.aside { try expectEveryPortalTold() }
    }

    private func expectEveryPortalTold() throws {
        let browser = Browser(site)
        let tokens = try basic.tokens(in: browser)
        let other = try second.tokens(in: browser)
        let hint = try #require(tokens.idToken)
        let (first, elsewhere) = (try site.claims(hint), try site.claims(try #require(other.idToken)))
        let answer = try browser.get(
            "/logout?"
                + Form(["id_token_hint": hint, "post_logout_redirect_uri": "https://basic.example/goodbye"]).text)
        #expect(answer["location"] == "https://basic.example/goodbye")
        let sid = try #require(first["sid"]?.string)
        #expect(elsewhere["sid"]?.string == sid)
        try expectGood(notice(of: sid, at: "/basic"), basic, idToken: first)
        try expectGood(notice(of: sid, at: "/second"), second, idToken: elsewhere)
        let silent = try browser.get(basic.address(basic.attempt(["prompt": "none"])))
        #expect(Form(queryOf: silent["location"] ?? "")["error"] == "login_required")
        #expect(try basic.userInfo(tokens.access).status == 401, "its tokens are dead at once")
    }

    @Test func `a portal that is down is told later, and until then an operator sees it`() async throws {
        try await Crowd.aside {
            let site = try SignOnSite.hasty
            let second = try RelyingParty(site.portals.second, at: site)
            site.receiver.fail("/second", with: [503])
            let browser = Browser(site)
            let hint = try #require(try second.tokens(in: browser).idToken)
            _ = try browser.get("/logout?" + Form(["id_token_hint": hint]).text)
            #expect(site.receiver.wait(for: 1, at: "/second").count == 1)
            #expect(try isListed("second", at: site), "an operator sees what is undelivered")
            let notices = site.receiver.wait(for: 2, at: "/second")
            #expect(notices.count == 2)
            #expect(Set(notices.compactMap { $0.form["logout_token"] }).count == 2, "the second token is fresh")
        }
    }

    private func isListed(_ portal: String, at site: SignOnSite) throws -> Bool {
        for _ in 0..<20 {
            let run = try site.office.run(["portal", "undelivered", "--json"])
            let rows = try JSONReader.read(run.bytes).array ?? []
            if rows.contains(where: { $0["portal"]?.string == portal }) { return true }
            usleep(50_000)
        }
        return false
    }
}
