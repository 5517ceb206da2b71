import Primitives

/// `/authorize`: from a portal's request to a code, with as many pages in between as it takes.
package struct Authorize: Sendable {
    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// Checks a request and decides what comes first.
    ///
    /// - Throws: what the ports throw.
    package func begin(_ parameters: Parameters, browser: Browser) async throws -> StepResult {
        if parameters["request_uri"]?.hasPrefix(PushRequest.prefix) == true {
            guard parameters.all("request_uri").count == 1, parameters.all("client_id").count <= 1 else {
                return .refused(.repeatedParameter)
            }
            guard let request = try await pushed(parameters) else { return .refused(.requestURIUnknown) }
            return try await begin(request, browser: browser)
        }
        var draft = AuthorizationDraft(parameters, signOn: signOn)
        do {
            try AuthorizationCheck.run(.authorize, on: &draft)
        } catch {
            guard let request = draft.request else { return .refused(error) }
            return signOn.redirect(refusing: request, error)
        }
        guard let request = draft.request else { return .refused(.unknownPortal) }
        return try await begin(request, browser: browser)
    }

    /// Goes on with a flow after a page was answered, or when its address is loaded again.
    package func resume(_ flow: String, browser: Browser) async throws -> StepResult {
        do {
            let turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            return try await Progress(signOn: signOn).next(turn, isShown: true)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// Has the person sign in for a page of Chancery itself; `.page` when they are.
    package func visit(_ page: LocalPage, browser: Browser) async throws -> StepResult {
        do {
            let turn = try await Turn(.page(page), browser: browser, signOn: signOn)
            return try await Progress(signOn: signOn).next(turn)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    private func begin(_ request: AuthorizationRequest, browser: Browser) async throws -> StepResult {
        do {
            let turn = try await Turn(.authorization(request), browser: browser, signOn: signOn)
            return try await Progress(signOn: signOn).next(turn)
        } catch AuthorizeRefusal.tooLong {
            return signOn.redirect(refusing: request, .tooLong)
        }
    }

    /// RFC 9126 §4: of the other parameters only `client_id` counts. The request is spent by this.
    private func pushed(_ parameters: Parameters) async throws -> AuthorizationRequest? {
        guard let portal = parameters["client_id"].flatMap({ signOn.directory[$0] }),
            let secret = parameters["request_uri"].flatMap({
                OpaqueSecret(String($0.dropFirst(PushRequest.prefix.count)))
            })
        else { return nil }
        let bytes = try await signOn.books.take(
            secret.hash(signOn.hashing), portalID: portal.id, at: signOn.clock.now())
        return bytes.flatMap { PushRequest.read($0, portal: portal) }
    }
}
