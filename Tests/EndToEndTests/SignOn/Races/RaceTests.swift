import Foundation
import Primitives
import Testing

/// One-time things under a hundred hands, and revocation against refresh.
@Suite struct `Races` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    @Test func `a code redeemed by a hundred at once gives one success, and its tokens die of the other tries`()
        async throws
    {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let attempt = basic.attempt()
        let code = try basic.code(attempt, in: Browser(site))
        let answers = try await Crowd.run(100) { _ in try basic.redeem(code, attempt) }
        let good = answers.filter { $0.status == 200 }
        #expect(good.count == 1, "\(answers.map(\.status).sorted())")
        for answer in answers where answer.status != 200 {
            RelyingParty.expect(answer, "invalid_grant", statuses: [400])
        }
        let token = try Tokens(try #require(good.first)).access
        #expect(try basic.userInfo(token).status == 401)
    }

    @Test func `a refresh token of a native app used by a hundred at once has one successor`() async throws {
        let native = try RelyingParty(site.portals.native, at: site)
        let refresh = try #require(try native.tokens(["scope": "openid offline_access"]).refresh)
        let answers = try await Crowd.run(100) { _ in try native.refresh(refresh) }
        let successors = Set(answers.compactMap { $0.json?["refresh_token"]?.string })
        #expect(successors.count == 1 && !successors.contains(refresh), "\(answers.map(\.status).sorted())")
        #expect(answers.allSatisfy { $0.status == 200 }, "inside the grace everyone gets the same one")
        let successor = try #require(successors.first)
        let next = try Tokens(native.refresh(successor))
        #expect(try native.refresh(try #require(next.refresh)).status == 200, "the line goes on")
    }

    @Test func `a refresh token older than the grace ends its whole family`() async throws {
        try await Crowd.aside {
            let site = try SignOnSite.hasty
            let native = try RelyingParty(site.portals.native, at: site)
            let first = try #require(try native.tokens(["scope": "openid offline_access"]).refresh)
            let second = try Tokens(native.refresh(first))
            usleep(1_300_000)
            RelyingParty.expect(try native.refresh(first), "invalid_grant", statuses: [400])
            RelyingParty.expect(try native.refresh(try #require(second.refresh)), "invalid_grant", statuses: [400])
            #expect(try native.userInfo(second.access).status == 401)
            let trail = try AuditTrail(of: site.office)
            #expect(trail.entries.contains { $0.event == "refresh-replayed" }, "it is on record")
        }
    }

    /// Whatever came of the race, nothing that came of it is good.
    private func expectAllDead(
        _ party: RelyingParty, _ answers: [HTTPAnswer], refresh: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for answer in answers where answer.status == 200 && !answer.body.isEmpty {
            let tokens = try Tokens(answer)
            #expect(try party.userInfo(tokens.access).status == 401, sourceLocation: sourceLocation)
            if let next = tokens.refresh {
                #expect(try party.refresh(next).status == 400, sourceLocation: sourceLocation)
            }
        }
        #expect(try party.refresh(refresh).status == 400, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["basic", "native"]) func `revocation wins against refresh`(id: String) async throws {
        let portal = try #require(site.portals.all.first { $0.id == id })
        let party = try RelyingParty(portal, at: site)
        for _ in 0..<4 {
            let refresh = try #require(try party.tokens(["scope": "openid offline_access"]).refresh)
            let answers = try await Crowd.run(8) { index in
                try index == 3 ? party.revoke(refresh) : party.refresh(refresh)
            }
            #expect(answers.allSatisfy { [200, 400].contains($0.status) })
            try expectAllDead(party, answers, refresh: refresh)
        }
    }

    @Test func `logout wins against refresh`() async throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        for _ in 0..<4 {
            let browser = Browser(site)
            let tokens = try basic.tokens(in: browser)
            let refresh = try #require(tokens.refresh, "a session's refresh token")
            let cookies = browser.cookies
            let logout = "/logout?" + Form(["id_token_hint": try #require(tokens.idToken)]).text
            let answers = try await Crowd.run(8) { [site] index in
                guard index == 3 else { return try basic.refresh(refresh) }
                let hand = Browser(site)
                hand.cookies = cookies
                return try hand.get(logout)
            }
            try expectAllDead(basic, answers.filter { $0["content-type"]?.contains("json") == true }, refresh: refresh)
        }
    }

    @Test func `a proof and an assertion shown by many at once are taken once`() async throws {
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let token = try fapi.tokens().access
        let proof = try fapi.proof("GET", "/userinfo", token: token)
        let shown = try await Crowd.run(30) { _ in try fapi.userInfo(token, proofs: [proof]).status }
        #expect(shown.filter { $0 == 200 }.count == 1, "\(shown)")
        let credentials = RelyingParty.asserting(try fapi.assertion())
        let form = fapi.attempt().form
        let pushed = try await Crowd.run(30) { _ in
            try fapi.post("/par", form, credentials: credentials).status
        }
        #expect(pushed.filter { $0 == 201 }.count == 1, "\(pushed)")
    }

    @Test func `a request that was pushed is shown to one of many browsers`() async throws {
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let address = try fapi.address(fapi.attempt())
        let statuses = try await Crowd.run(30) { [site] _ in try Browser(site).get(address).status }
        #expect(statuses.filter { $0 == 303 }.count == 1, "\(statuses)")
        #expect(statuses.filter { $0 == 400 }.count == 29, "\(statuses)")
    }
}
