import Foundation
import Primitives
import Testing

/// Wrong passwords count for the address that they come from, which nobody may choose.
@Suite struct `Guessing from many addresses` {
    /// Passwords that one address may get wrong.
    private static let limit = 3

    private func site(issuer: String? = nil) throws -> SignOnSite {
        try SignOnSite(
            SignOnSite.Settings(
                issuer: issuer,
                signIn: SignOnSite.quick + "guessing: {perAccount: 50, perAddress: \(Self.limit), window: 1h}\n"))
    }

    /// One try of a browser that nobody knows, said to come from `forwarded`; what the page says then.
    private func enter(
        _ login: String, _ password: String, at site: SignOnSite, forwarded: String
    ) throws -> (page: String, isSignedIn: Bool) {
        let browser = Browser(site)
        browser.headers = ["X-Forwarded-For: \(forwarded)"]
        let page = try browser.follow(browser.get("/"))
        let shown = try browser.follow(
            browser.submit(page, "/sign-in", ["username": login, "password": password]))
        return (shown.text, browser.session != nil)
    }

    private func guess(_ count: Int, at site: SignOnSite, forwarded: (Int) -> String) throws {
        for index in 0..<count {
            let (page, isSignedIn) = try enter("nobody-\(index)", "wrong", at: site, forwarded: forwarded(index))
            #expect(!isSignedIn && page.contains("is not right"), "try \(index)")
        }
    }

    @Test func `a made-up header hides nobody where no proxy is set`() throws {
        let site = try site()
        defer { site.close() }
        try guess(Self.limit, at: site) { "203.0.\($0).1" }
        let right = try enter(
            site.citizen.login, site.citizen.password, at: site, forwarded: "198.51.100.1")
        #expect(!right.isSignedIn && right.page.contains("Too many attempts"))
    }

    @Test func `behind a proxy each client counts for itself, by what the proxy wrote last`() throws {
        let site = try site(issuer: "https://sign-on.example")
        defer { site.close() }
        try guess(Self.limit, at: site) { "203.0.\($0).1, 192.0.2.7" }
        let same = try enter(
            site.citizen.login, site.citizen.password, at: site, forwarded: "198.51.100.1, 192.0.2.7")
        #expect(!same.isSignedIn && same.page.contains("Too many attempts"))
        let other = try enter(
            site.citizen.login, site.citizen.password, at: site, forwarded: "192.0.2.7, 198.51.100.1")
        #expect(other.isSignedIn)
    }
}
