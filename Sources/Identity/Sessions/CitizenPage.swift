package import Primitives

/// What a person sees of themselves at `/`.
package struct CitizenView: Sendable {
    package struct Row: Sendable {
        package let session: Session
        package let isThisOne: Bool
        /// Portals that are gone are shown by their id.
        package let portals: [(id: String, name: LocalizedText?, at: Instant)]
    }

    /// Personal.
    package let accountName: String
    package let level: AuthenticationLevel
    package let hasSecondFactor: Bool
    package let recoveryCodesLeft: Int
    /// Latest first.
    package let sessions: [Row]
    /// Latest first.
    package let history: [HistoryEntry]
    /// For the forms that end sessions.
    package let formToken: String
}

/// `/`: sessions and history of the person who is signed in.
package struct CitizenPage: Sendable {
    /// Lines of history shown.
    private static let historyLength = 50

    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// - Returns: `nil` when nobody is signed in.
    package func view(_ browser: Browser) async throws -> CitizenView? {
        let now = signOn.clock.now()
        guard let live = try await signOn.liveSession(browser, at: now),
            let token = FormToken(signOn: signOn).text(EndSessions.form, browser),
            let record = try await signOn.books.account(live.account.id)
        else { return nil }
        if now >= live.session.lastSeenAt.adding(seconds: 60) {
            try await signOn.books.touch(
                live.session.id, idleUntil: now.adding(seconds: signOn.policy.session.idle), at: now)
        }
        let sessions = try await signOn.books.sessions(of: live.account.id, at: now)
        return CitizenView(
            accountName: live.account.profile.name, level: live.session.level,
            hasSecondFactor: record.hasOneTimePassword, recoveryCodesLeft: record.recoveryCodesLeft,
            sessions: sessions.map { row($0, live) },
            history: try await signOn.books.history(of: live.account.id, limit: CitizenPage.historyLength),
            formToken: token)
    }

    private func row(_ known: EndedSession, _ live: LiveSession) -> CitizenView.Row {
        CitizenView.Row(
            session: known.session, isThisOne: known.session.id == live.session.id,
            portals: known.reached.map { ($0.portalID, signOn.directory[$0.portalID]?.name, $0.at) })
    }
}
