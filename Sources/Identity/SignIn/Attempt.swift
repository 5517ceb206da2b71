import Primitives

/// One attempt at a password or second factor, counted before anything is looked at: one set of counters for every path.
struct Attempt: Sendable {
    private let keys: [ThrottleKey]
    private let at: Instant
    private let signOn: SignOn
    /// Beyond a limit: refused until then, whatever was entered.
    let throttledUntil: Instant?

    /// Counts.
    ///
    /// - Parameters:
    ///   - account: whom it is aimed at, where there is such an account.
    ///   - login: what was typed, where there is none: unknown logins are counted like known ones.
    ///   - isFactor: it is one at a second factor, whose own counter no right password takes back.
    init(
        at account: Identifier<Account>?, login: String, isFactor: Bool = false, _ turn: Turn
    ) async throws {
        (signOn, at) = (turn.signOn, turn.now)
        keys = Attempt.keys(account, login, isFactor: isFactor, turn)
        throttledUntil = try await signOn.books.count(
            keys, window: signOn.policy.guessing.window, at: turn.now)
    }

    /// It was no guess.
    func forgive() async throws {
        try await signOn.books.forgive(keys, countedAt: at)
    }

    /// In a known session or on a known device only that one's own counter is asked, so that nobody else can lock it out.
    /// Else from the narrowest to the widest: an address beyond its limit counts for nobody but itself, so that one host
    /// alone cannot use up what all have together.
    private static func keys(
        _ account: Identifier<Account>?, _ login: String, isFactor: Bool, _ turn: Turn
    ) -> [ThrottleKey] {
        let limits = turn.signOn.policy.guessing
        let key = { (name: String, limit: Int) in
            ThrottleKey(
                value: turn.signOn.sealing.lookupValue(of: Secret(Array(name.utf8)), purpose: "throttle"), limit: limit)
        }
        let own = { (name: String) in
            [key(name, limits.perAccount)] + (isFactor ? [key("factor/\(name)", limits.secondFactors)] : [])
        }
        if let account {
            if let live = turn.live, live.account.id == account { return own("session/\(live.session.id)") }
            if let device = KnownDevice(turn.browser, turn.signOn), device.accountID == account {
                return own("device/\(device.deviceID)")
            }
        }
        return [key("address/\(AddressPrefix.text(of: turn.browser.address))", limits.perAddress)]
            + own(account.map { "account/\($0)" } ?? "login/\(login)") + [key("all", limits.total)]
    }
}
