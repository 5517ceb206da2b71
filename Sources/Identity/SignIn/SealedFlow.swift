import Primitives

/// Flows on their way through a browser: sealed, size-capped, and opened only beside the cookie they were sealed for, so
/// that nobody can hand a half-done sign-in to another person (login forgery, fixation).
struct SealedFlow: Sendable {
    /// Characters of base64url: what an address line of 16 KiB has room for.
    static let maximumLength = 12_000

    let signOn: SignOn

    private func context(_ cookie: OpaqueSecret) -> String { "flow/\(cookie.hash(signOn.hashing))" }

    /// - Throws: `AuthorizeRefusal.tooLong`; what sealing throws.
    func seal(_ flow: Flow, for cookie: OpaqueSecret) throws -> String {
        let plain = Secret(JSONValue.object(flow.json).compactBytes)
        let text = Base64.encodeURL(try signOn.sealing.seal(plain, context: context(cookie)))
        guard text.utf8.count <= SealedFlow.maximumLength else { throw AuthorizeRefusal.tooLong }
        return text
    }

    /// - Throws: `AuthorizeRefusal.flowLost` for anything that was not sealed for this cookie in the last hour.
    func open(_ text: String, for browser: Browser) throws(AuthorizeRefusal) -> (flow: Flow, cookie: OpaqueSecret) {
        guard text.utf8.count <= SealedFlow.maximumLength, let sealed = Base64.decodeURL(text),
            let cookie = browser.flow.flatMap({ OpaqueSecret($0) }),
            let plain = try? signOn.sealing.open(sealed, context: context(cookie)),
            let object = (try? JSONReader.read(plain.exposedBytes))?.object, let flow = Flow(json: object),
            signOn.clock.now() < flow.startedAt.adding(seconds: Flow.lifetime)
        else { throw .flowLost }
        return (flow, cookie)
    }
}
