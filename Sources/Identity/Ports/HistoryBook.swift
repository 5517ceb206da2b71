package import Primitives

/// One line of what an account's owner may see of the past.
package struct HistoryEntry: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        /// `device` as in `Session.device`.
        case signedIn(device: String, amr: [String])
        /// `data`: names of scopes and claims, sorted.
        case dataSent(portalID: String, data: [String])
    }

    package let accountID: Identifier<Account>
    package let at: Instant
    package let event: Event

    package init(accountID: Identifier<Account>, at: Instant, event: Event) {
        (self.accountID, self.at, self.event) = (accountID, at, event)
    }
}

/// Port: what account owners may see of the past. Lines are written by other ports, beside their change; they are sealed at
/// rest and cleaned after a year.
package protocol HistoryBook: Sendable {
    /// Latest first.
    func history(of account: Identifier<Account>, limit: Int) async throws -> [HistoryEntry]
}
