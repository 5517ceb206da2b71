extension SignOn {
    /// The address at the portal with an answer's parameters, `state` and `iss` (RFC 9207).
    func location(_ request: AuthorizationRequest, _ parameters: [(name: String, value: String)]) -> String {
        let state = request.state.map { [("state", $0)] } ?? []
        return RedirectURI.appending(parameters + state + [("iss", directory.issuer)], to: request.redirectURI)
    }

    /// Sends the browser back to the portal with an error (RFC 6749 §4.1.2.1).
    func location(_ request: AuthorizationRequest, refusing refusal: AuthorizeRefusal) -> String {
        let answer = OAuthAnswer(refusal)
        return location(request, [("error", answer.error.rawValue), ("error_description", answer.description)])
    }

    func redirect(refusing request: AuthorizationRequest, _ refusal: AuthorizeRefusal) -> StepResult {
        StepResult(
            next: .redirect(location(request, refusing: refusal)), changes: BrowserChanges(), flow: nil,
            portal: directory[request.portalID], locales: request.locales, redirectOrigin: nil)
    }
}
