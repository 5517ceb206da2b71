import Identity
import Testing

/// A browser that keeps the cookies it is given and the flow it is in.
final class TestBrowser {
    private let desk: TestDesk
    var session: String?
    var flowCookie: String?
    var device: String?
    var address = "192.0.2.1"
    /// Of the last result.
    var flow = ""

    init(_ desk: TestDesk) {
        self.desk = desk
    }

    var browser: Browser {
        Browser(session: session, flow: flowCookie, device: device, address: address, userAgent: "Test/1.0")
    }

    /// A request of a portal; `changes` replace parameters, `nil` takes one out.
    static func request(_ portal: String = "citizen", _ changes: [String: String?] = [:]) -> [(String, String)] {
        var values: [String: String?] = [
            "client_id": portal, "redirect_uri": "https://\(portal).example/callback", "response_type": "code",
            "scope": "openid profile", "state": "s1", "nonce": "n1",
        ]
        values.merge(changes) { $1 }
        return values.compactMap { name, value in value.map { (name, $0) } }.sorted { $0.0 < $1.0 }
    }

    func authorize(_ portal: String = "citizen", _ changes: [String: String?] = [:]) async throws -> NextStep {
        try await authorize(pairs: TestBrowser.request(portal, changes))
    }

    func authorize(pairs: [(String, String)]) async throws -> NextStep {
        let parameters = try #require(Parameters(pairs.map { (name: $0.0, value: $0.1) }))
        return take(try await Authorize(desk.signOn).begin(parameters, browser: browser))
    }

    func resume() async throws -> NextStep {
        take(try await Authorize(desk.signOn).resume(flow, browser: browser))
    }

    func visit(_ page: LocalPage) async throws -> NextStep {
        take(try await Authorize(desk.signOn).visit(page, browser: browser))
    }

    func signIn(_ login: String = TestDesk.login, _ password: String = TestDesk.password) async throws -> NextStep {
        take(try await SignIn(desk.signOn).signIn(flow: flow, login: login, password: password, browser: browser))
    }

    func check(_ code: String) async throws -> NextStep {
        take(try await SecondFactor(desk.signOn).check(flow: flow, code: code, browser: browser))
    }

    func enrol(_ code: String) async throws -> NextStep {
        take(try await SecondFactor(desk.signOn).enrol(flow: flow, code: code, browser: browser))
    }

    func decide(_ allows: Bool = true) async throws -> NextStep {
        take(try await Decide(desk.signOn).decide(flow: flow, allows: allows, browser: browser))
    }

    func choose(keeps: Bool) async throws -> NextStep {
        take(try await Decide(desk.signOn).chooseAccount(flow: flow, keeps: keeps, browser: browser))
    }

    /// From a portal's request to its code, whatever is asked on the way.
    @discardableResult
    func reach(_ portal: String = "citizen", _ changes: [String: String?] = [:]) async throws -> [String: String] {
        var step = try await authorize(portal, changes)
        if case .signIn = step { step = try await signIn() }
        if case .consent = step { step = try await decide() }
        return try TestBrowser.answer(step)
    }

    func take(_ changes: BrowserChanges) {
        TestBrowser.apply(changes.session, to: &session)
        TestBrowser.apply(changes.flow, to: &flowCookie)
        TestBrowser.apply(changes.device, to: &device)
    }

    private func take(_ result: StepResult) -> NextStep {
        take(result.changes)
        if let flow = result.flow { self.flow = flow }
        return result.next
    }

    private static func apply(_ change: CookieChange?, to cookie: inout String?) {
        switch change {
        case .set(let value): cookie = value
        case .clear: cookie = nil
        case nil: break
        }
    }

    /// The parameters of an answer at a portal.
    static func answer(_ step: NextStep) throws -> [String: String] {
        guard case .redirect(let location) = step else {
            Issue.record("no redirect: \(step)")
            return [:]
        }
        let query = try #require(location.split(separator: "?", maxSplits: 1).last)
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            values[parts[0]] = decoded(parts.count > 1 ? parts[1] : "")
        }
        return values
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
