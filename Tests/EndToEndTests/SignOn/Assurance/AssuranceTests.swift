import Primitives
import Testing

/// Levels of assurance: reached or refused, never lowered in silence.
@Suite struct `Levels of assurance` {
    private let site: SignOnSite
    private let basic: RelyingParty
    private let strong: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        strong = try RelyingParty(site.portals.strong, at: site)
    }

    @Test func `a level that the account cannot reach is refused at the portal`() throws {
        let person = try site.person(assurance: "low")
        for (party, changes) in [
            (strong, [:]), (basic, ["acr_values": "substantial"]), (basic, ["acr_values": "high"]),
            (basic, ["claims": #"{"id_token":{"acr":{"essential":true,"values":["high"]}}}"#]),
            (basic, ["claims": #"{"id_token":{"acr":{"essential":true,"value":"unheard-of"}}}"#]),
        ] as [(RelyingParty, [String: String?])] {
            let attempt = party.attempt(changes)
            let arrival = try Browser(site).travel(party.address(attempt), as: person)
            #expect(arrival.error == "unmet_authentication_requirements", "\(changes): \(arrival.answer.heading)")
            #expect(arrival.parameters["state"] == attempt.state && !arrival.asked.contains("/consent"))
        }
    }

    @Test func `a session steps up with a second factor, and the portal is told how`() throws {
        let person = try site.person(assurance: "substantial")
        let browser = Browser(site)
        let low = try site.claims(try #require(try basic.tokens(in: browser, as: person).idToken))
        #expect(low["acr"] == "low" && low["amr"] == ["pwd"])
        let before = browser.session

        // A password alone does not do there, and without pages nothing can change that.
        let silent = try browser.get(strong.address(strong.attempt(["prompt": "none"])))
        let error = Form(queryOf: silent["location"] ?? "")["error"] ?? ""
        #expect(["login_required", "interaction_required"].contains(error), "\(error)")
        let attempt = strong.attempt()
        let offered = try browser.travel(strong.address(attempt), as: person).answer
        let (authenticator, _, step) = try browser.enrol(from: offered)
        let arrival = try browser.travel(strong.address(attempt), as: person)
        let tokens = try Tokens(strong.redeem(try #require(arrival.code), attempt))
        let high = try strong.idToken(tokens, nonce: attempt.nonce)
        #expect(high["acr"] == "substantial")
        let methods = (high["amr"]?.array ?? []).compactMap(\.string)
        #expect(methods.contains("pwd") && methods.contains("otp"), "\(methods)")
        #expect(browser.session != before, "the step has a new cookie")

        // Another browser is asked for both.
        let other = Browser(site)
        let page = try other.follow(other.get(strong.address(strong.attempt())))
        let second = try other.follow(
            other.submit(page, "/sign-in", ["username": person.login, "password": person.password]))
        #expect(second.form("/second-factor")?.autocomplete["code"] == "one-time-code")
        #expect(other.session == nil, "there is no session before the second factor")
        let done = try other.follow(other.submit(second, "/second-factor", ["code": authenticator.code(step: step)]))
        #expect(done["location"]?.contains("code=") == true)
    }

    @Test func `a refreshed or exchanged token has no higher level than the sign-in`() throws {
        let tokens = try basic.tokens(["scope": "openid offline_access", "acr_values": "low"])
        let renewed = try Tokens(
            basic.refresh(
                try #require(tokens.refresh), ["acr_values": "high", "scope": "openid"]))
        #expect(try site.claims(renewed.access)["acr"] == "low")
        #expect(try basic.idToken(renewed, nonce: nil)["acr"] == "low")
    }

    @Test func `fields say what they are, so that a browser can fill them in`() throws {
        let page = try Browser(site).follow(Browser(site).get(basic.address(basic.attempt())))
        let form = try #require(page.form("/sign-in"))
        #expect(form.autocomplete["username"] == "username" && form.autocomplete["password"] == "current-password")
        #expect(form.method == "post")
    }
}
