import Audit
import Identity
import Primitives

extension MemoryBooks {
    func start(_ request: DeviceRequest, quota: DeviceQuota, entries: [AuditEntry]) async throws -> DeviceStart {
        step { state in
            let live = state.devices.values.map(\.request).filter { request.createdAt < $0.expiresAt }
            let ofPortal = live.filter { $0.portalID == request.portalID }
            if let origin = request.origin, ofPortal.filter({ $0.origin == origin }).count >= quota.perOrigin {
                return .originFull
            }
            guard ofPortal.count < quota.perPortal else { return .portalFull }
            guard !live.contains(where: { $0.userHash == request.userHash }) else { return .codeTaken }
            state.devices[request.deviceHash] = StoredDevice(request: request)
            state.entries += entries
            return .waits
        }
    }

    func request(userHash: Digest, at: Instant) async throws -> DeviceRequest? {
        step { $0.unanswered(userHash, at: at)?.request }
    }

    func decide(
        userHash: Digest, _ decision: DeviceDecision, at: Instant, entries: [AuditEntry]
    ) async throws -> Bool {
        step { state in
            guard let device = state.unanswered(userHash, at: at) else { return false }
            switch decision {
            case .denied: state.devices[device.request.deviceHash]?.answer = .denied
            case .allowed(let grant, let acknowledgement, let history):
                guard state.store(grant, acknowledgement, history, at: at) else { return false }
                state.devices[device.request.deviceHash]?.answer = .allowed(grant.id)
            }
            state.entries += entries
            return true
        }
    }

    func poll(
        deviceHash: Digest, portalID: String, at: Instant, interval: Int64, proof: OneTimeValue?,
        family: @escaping @Sendable (Grant) throws -> RefreshFamily?,
        entries: @escaping @Sendable (DeviceOutcome) -> [AuditEntry]
    ) async throws -> DeviceOutcome {
        try step { state in
            let before = state
            let outcome = state.poll(deviceHash, portalID: portalID, at: at, interval: interval)
            if case .redeemed(let live) = outcome {
                do {
                    if state.isSpent(proof) { throw AlreadySpent() }
                    if let family = try family(live.grant) { state.families[family.id] = family }
                } catch {
                    state = before
                    throw error
                }
                state.spend(proof)
            }
            if outcome != .dead, outcome != .denied { state.entries += entries(outcome) }
            return outcome
        }
    }
}

extension MemoryBooks.State {
    func unanswered(_ userHash: Digest, at: Instant) -> MemoryBooks.StoredDevice? {
        devices.values.first { device in
            guard case .none = device.answer else { return false }
            return device.request.userHash == userHash && at < device.request.expiresAt
        }
    }

    mutating func poll(_ hash: Digest, portalID: String, at: Instant, interval: Int64) -> DeviceOutcome {
        guard let device = devices[hash], device.request.portalID == portalID, at < device.request.expiresAt else {
            return .dead
        }
        defer { devices[hash]?.lastPoll = at }
        switch device.answer {
        case .redeemed: return .dead
        case .denied: return .denied
        case .none:
            if let last = device.lastPoll, at < last.adding(seconds: interval + device.extraInterval) {
                devices[hash]?.extraInterval += 5
                return .slowDown
            }
            return .pending
        case .allowed(let grant):
            guard let live = live(grant, at: at) else { return .dead }
            devices[hash]?.answer = .redeemed
            return .redeemed(live)
        }
    }
}
