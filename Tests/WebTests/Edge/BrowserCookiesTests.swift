import HTTPTypes
import Hummingbird
import Identity
import Testing

@testable import Web

@Suite struct BrowserCookiesTests {
    private let changes = BrowserChanges(session: .set("s"), flow: .set("f"), device: .set("d"))

    private func lines(_ cookies: BrowserCookies, _ changes: BrowserChanges) -> [String] {
        var response = Response(status: .ok)
        cookies.apply(changes, to: &response)
        return response.headers[values: .setCookie]
    }

    @Test func `under https the cookies belong to this host alone`() {
        #expect(
            lines(BrowserCookies(isHTTPS: true), changes) == [
                "__Host-chancery=s; Path=/; HttpOnly; SameSite=Lax; Secure",
                "__Host-chancery-flow=f; Path=/; HttpOnly; SameSite=Lax; Secure",
                "__Host-chancery-device=d; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure",
            ])
    }

    @Test func `on plain loopback they have no prefix and no Secure`() {
        #expect(
            lines(BrowserCookies(isHTTPS: false), BrowserChanges(session: .set("s"))) == [
                "chancery=s; Path=/; HttpOnly; SameSite=Lax"
            ])
    }

    @Test func `a cleared cookie ends at once, and what does not change is not set`() {
        #expect(
            lines(BrowserCookies(isHTTPS: true), BrowserChanges(session: .clear)) == [
                "__Host-chancery=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
            ])
        #expect(lines(BrowserCookies(isHTTPS: true), BrowserChanges()).isEmpty)
    }

    @Test func `cookies are read by their whole names, the first of each`() {
        let request = Request(
            head: HTTPRequest(
                method: .get, scheme: nil, authority: nil, path: "/",
                headerFields: [
                    .cookie: "chancery=plain; __Host-chancery=one; x; __Host-chancery=two; __Host-chancery-flow=f=1",
                    .userAgent: "Test/1",
                ]),
            body: RequestBody(buffer: ByteBuffer()))
        let browser = BrowserCookies(isHTTPS: true).browser(of: request, address: "192.0.2.1")
        #expect(browser.session == "one" && browser.flow == "f=1" && browser.device == nil)
        #expect(browser.address == "192.0.2.1" && browser.userAgent == "Test/1")
    }
}
