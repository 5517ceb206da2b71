package import Audit
package import Identity
package import Primitives

extension SQLiteStore: DeviceBook {
    package func start(
        _ request: DeviceRequest, quota: DeviceQuota, entries: [AuditEntry]
    ) async throws -> DeviceStart {
        try await write { _, connection in
            let start = try DeviceRequestTable.start(request, quota: quota, connection)
            return Change(start, entries: start == .waits ? entries : [])
        }
    }

    package func request(userHash: Digest, at instant: Instant) async throws -> DeviceRequest? {
        try await database.read { try DeviceRequestTable.unanswered(userHash: userHash, at: instant, $0) }?.request
    }

    package func decide(
        userHash: Digest, _ decision: DeviceDecision, at instant: Instant, entries: [AuditEntry]
    ) async throws -> Bool {
        guard case .allowed(let grant, let acknowledgement, let history) = decision else {
            return try await write { _, connection in
                .applied(
                    try DeviceRequestTable.answer(
                        userHash: userHash, .denied, grant: nil, at: instant, connection), entries)
            }
        }
        let stored = try StoredGrant(grant, acknowledgement, history, seals)
        return try await write { _, connection in
            // Looked at first, because a grant once stored would have to be taken back.
            guard try DeviceRequestTable.unanswered(userHash: userHash, at: instant, connection) != nil,
                try stored.insert(at: instant, connection)
            else { return Change(false, entries: []) }
            let isAnswered = try DeviceRequestTable.answer(
                userHash: userHash, .allowed, grant: grant.id, at: instant, connection)
            guard isAnswered else { throw StoreFault.failed("a device request was there and is not") }
            return Change(true, entries: entries)
        }
    }

    package func poll(
        deviceHash: Digest, portalID: String, at instant: Instant, interval: Int64, proof: OneTimeValue?,
        family: @escaping @Sendable (Grant) throws -> RefreshFamily?,
        entries: @escaping @Sendable (DeviceOutcome) -> [AuditEntry]
    ) async throws -> DeviceOutcome {
        let settled = try await database.shortRead { connection in
            try DevicePoll.settled(
                DeviceRequestTable.find(deviceHash: deviceHash, portalID: portalID, at: instant, connection))
        }
        if let settled { return settled }
        return try await write { [seals] _, connection in
            let step = DevicePoll(
                at: instant, interval: interval, proof: proof, family: family, seals: seals, connection: connection)
            let row = try DeviceRequestTable.find(
                deviceHash: deviceHash, portalID: portalID, at: instant, connection)
            let outcome = try row.map(step.outcome) ?? .dead
            guard outcome != .dead, outcome != .denied else { return Change(outcome, entries: []) }
            return Change(outcome, entries: entries(outcome))
        }
    }
}

/// One token request of a device inside a transaction.
private struct DevicePoll {
    let at: Instant
    let interval: Int64
    let proof: OneTimeValue?
    let family: @Sendable (Grant) throws -> RefreshFamily?
    let seals: PersonalSeals
    let connection: any SQLConnection

    /// What no answer will change any more, so that nothing is to be written.
    static func settled(_ row: DeviceRequestTable.Row?) -> DeviceOutcome? {
        switch row?.answer {
        case nil, .redeemed: .dead
        case .denied: .denied
        case .waiting, .allowed: nil
        }
    }

    func outcome(_ row: DeviceRequestTable.Row) throws -> DeviceOutcome {
        let hash = row.request.deviceHash
        switch row.answer {
        case .redeemed: return .dead
        case .denied: return .denied
        case .waiting:
            let isTooSoon =
                row.lastPollAt.map { at < $0.adding(seconds: interval + Int64(row.extraInterval)) } ?? false
            try DeviceRequestTable.notePoll(
                hash, extraInterval: row.extraInterval + (isTooSoon ? 5 : 0), at: at, connection)
            return isTooSoon ? .slowDown : .pending
        case .allowed:
            guard let id = row.grantID, let live = try seals.kept(id, at: at, connection)?.live else { return .dead }
            try redeem(hash, live.grant)
            return .redeemed(live)
        }
    }

    /// What may refuse comes first, so that nothing has to be taken back.
    private func redeem(_ hash: Digest, _ grant: Grant) throws {
        let family = try family(grant)
        if let proof, try !SpentValueTable.insert(proof, connection) { throw AlreadySpent() }
        guard try DeviceRequestTable.redeem(hash, at: at, connection) else {
            throw StoreFault.failed("a device request was allowed and is not")
        }
        if let family { try RefreshFamilyTable.insert(family, connection) }
    }
}
