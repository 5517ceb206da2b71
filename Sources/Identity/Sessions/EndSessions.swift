import Audit
package import Primitives

/// Ends sessions from the citizen's page.
package struct EndSessions: Sendable {
    /// The form whose token is asked for.
    static let form = "end-sessions"

    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// Ends one session of the person who is signed in; somebody else's is left alone.
    ///
    /// - Returns: `nil` when the form is not from this session's page.
    package func end(
        _ session: Identifier<Session>, formToken: String, browser: Browser
    ) async throws -> BrowserChanges? {
        guard let live = try await asker(formToken, browser) else { return nil }
        let own = try await signOn.books.sessions(of: live.account.id, at: signOn.clock.now())
        guard own.contains(where: { $0.session.id == session }) else { return BrowserChanges() }
        _ = try await SessionEnding(signOn: signOn).end(.one(session), as: .sessionEnded, reason: "by its owner")
        return session == live.session.id ? .signedOut : BrowserChanges()
    }

    /// Ends every session and grant of the person who is signed in, offline ones too.
    ///
    /// - Returns: `nil` when the form is not from this session's page.
    package func endAll(formToken: String, browser: Browser) async throws -> BrowserChanges? {
        guard let live = try await asker(formToken, browser) else { return nil }
        _ = try await SessionEnding(signOn: signOn).end(
            .all(of: live.account.id), as: .sessionEnded, reason: "all by their owner")
        return .signedOut
    }

    private func asker(_ formToken: String, _ browser: Browser) async throws -> LiveSession? {
        guard FormToken(signOn: signOn).isRight(formToken, for: EndSessions.form, browser) else { return nil }
        return try await signOn.liveSession(browser, at: signOn.clock.now())
    }
}
