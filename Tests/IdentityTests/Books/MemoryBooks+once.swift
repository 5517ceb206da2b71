import Audit
import Identity
import Primitives

extension MemoryBooks {
    func spend(_ kind: OneTimeKind, _ value: Digest, until: Instant) async throws -> Bool {
        step { state in
            let value = OneTimeValue(kind, value, until: until)
            guard !state.isSpent(value) else { return false }
            state.spend(value)
            return true
        }
    }

    func push(_ request: PushedRequest, quota: Int, at: Instant) async throws -> Bool {
        step { state in
            let waiting = state.pushed.values.filter { $0.portalID == request.portalID && at < $0.expiresAt }
            guard waiting.count < quota else { return false }
            state.pushed[request.hash] = request
            return true
        }
    }

    func take(_ hash: Digest, portalID: String, at: Instant) async throws -> [UInt8]? {
        step { state in
            guard let request = state.pushed[hash], request.portalID == portalID, at < request.expiresAt else {
                return nil
            }
            state.pushed[hash] = nil
            return request.request
        }
    }

    func count(_ keys: [ThrottleKey], window: Int64, at: Instant) async throws -> Instant? {
        step { state in
            for key in keys {
                var counter = state.counts[key.value] ?? (at, 0)
                if at >= counter.began.adding(seconds: window) { counter = (at, 0) }
                counter.count += 1
                state.counts[key.value] = counter
                if counter.count > key.limit { return counter.began.adding(seconds: window) }
            }
            return nil
        }
    }

    func forgive(_ keys: [ThrottleKey], countedAt: Instant) async throws {
        step { state in
            for key in keys {
                guard let counter = state.counts[key.value], counter.began <= countedAt, counter.count > 0 else {
                    continue
                }
                state.counts[key.value]?.count -= 1
            }
        }
    }

    func due(at: Instant, limit: Int, excluding portals: Set<String>) async throws -> [LogoutNotice] {
        step { state in
            let due = state.notices.filter { notice in
                !portals.contains(notice.portalID) && (notice.nextAttemptAt.map { $0 <= at } ?? false)
            }
            return Array(due.sorted { ($0.nextAttemptAt ?? at) < ($1.nextAttemptAt ?? at) }.prefix(limit))
        }
    }

    func delivered(_ id: Identifier<LogoutNotice>, entries: [AuditEntry]) async throws {
        step { state in
            state.notices.removeAll { $0.id == id }
            state.entries += entries
        }
    }

    func failed(
        _ id: Identifier<LogoutNotice>, fault: String, nextAttemptAt: Instant?, entries: [AuditEntry]
    ) async throws {
        step { state in
            guard let index = state.notices.firstIndex(where: { $0.id == id }) else { return }
            let old = state.notices[index]
            state.notices[index] = LogoutNotice(
                id: id, portalID: old.portalID, subject: old.subject, sessionID: old.sessionID,
                createdAt: old.createdAt, attempts: old.attempts + 1, nextAttemptAt: nextAttemptAt, lastFault: fault)
            state.entries += entries
        }
    }

    func undelivered() async throws -> [LogoutNotice] {
        step { state in state.notices.filter { $0.attempts > 0 }.sorted { $0.createdAt < $1.createdAt } }
    }
}

extension MemoryBooks.State {
    func isSpent(_ value: OneTimeValue?) -> Bool {
        value.map { spent["\($0.kind.rawValue) \($0.value)"] != nil } ?? false
    }

    mutating func spend(_ value: OneTimeValue?) {
        if let value { spent["\(value.kind.rawValue) \(value.value)"] = value.until }
    }
}
