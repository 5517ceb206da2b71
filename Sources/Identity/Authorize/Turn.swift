import Primitives

/// One request of a browser with a flow: what is known when the next question is decided.
struct Turn: Sendable {
    let signOn: SignOn
    var flow: Flow
    /// Seals the flow.
    let cookie: OpaqueSecret
    var live: LiveSession?
    let browser: Browser
    let now: Instant
    var changes = BrowserChanges()

    /// Opens a flow that came back with a form or an address.
    ///
    /// - Throws: `AuthorizeRefusal.flowLost`; what the books throw.
    init(opening text: String, browser: Browser, signOn: SignOn) async throws {
        let (flow, cookie) = try SealedFlow(signOn: signOn).open(text, for: browser)
        (self.flow, self.cookie, self.browser, self.signOn) = (flow, cookie, browser, signOn)
        now = signOn.clock.now()
        live = try await signOn.liveSession(browser, at: now)
    }

    /// Begins a flow; a browser without flow cookie gets one.
    init(_ target: Flow.Target, browser: Browser, signOn: SignOn) async throws {
        now = signOn.clock.now()
        flow = Flow(target, startedAt: now)
        (self.browser, self.signOn) = (browser, signOn)
        if let known = browser.flow.flatMap({ OpaqueSecret($0) }) {
            cookie = known
        } else {
            cookie = OpaqueSecret(from: signOn.randomness)
            changes.flow = .set(cookie.exposedText)
        }
        live = try await signOn.liveSession(browser, at: now)
    }

    var portal: Portal? { flow.request.flatMap { signOn.directory[$0.portalID] } }

    /// Ends the turn; the flow goes on where a page follows.
    func result(_ next: NextStep) throws -> StepResult {
        let goesOn =
            switch next {
            case .redirect, .page, .refused: false
            default: true
            }
        let sealed = goesOn ? try SealedFlow(signOn: signOn).seal(flow, for: cookie) : nil
        return StepResult(
            next: next, changes: changes, flow: sealed, portal: portal, locales: flow.request?.locales ?? [],
            redirectOrigin: flow.request.map { RedirectURI.origin(of: $0.redirectURI) })
    }
}

extension StepResult {
    /// An error page for a request without a flow.
    static func refused(_ refusal: AuthorizeRefusal) -> StepResult {
        StepResult(
            next: .refused(refusal), changes: BrowserChanges(), flow: nil, portal: nil, locales: [],
            redirectOrigin: nil)
    }
}

extension SignOn {
    /// The live session of a browser's cookie.
    func liveSession(_ browser: Browser, at now: Instant) async throws -> LiveSession? {
        guard let secret = browser.session.flatMap({ OpaqueSecret($0) }) else { return nil }
        return try await books.session(secretHash: secret.hash(hashing), at: now)
    }
}
