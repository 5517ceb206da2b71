package import Identity
package import Primitives

extension SQLiteStore: ReplayBook {
    package func spend(_ kind: OneTimeKind, _ value: Digest, until: Instant) async throws -> Bool {
        try await write { _, connection in
            .applied(try SpentValueTable.insert(value, kind, until: until, connection), [])
        }
    }
}

extension SQLiteStore: PushedRequests {
    package func push(_ request: PushedRequest, quota: Int, at instant: Instant) async throws -> Bool {
        let sealed = try seals.sealRequest(request)
        return try await write { _, connection in
            let waiting = try PushedRequestTable.waiting(
                of: request.portalID, at: instant, limit: quota, connection)
            guard waiting < quota else { return Change(false, entries: []) }
            try PushedRequestTable.insert(
                request.hash, portalID: request.portalID, sealed: sealed, expiresAt: request.expiresAt, connection)
            return Change(true, entries: [])
        }
    }

    package func take(_ hash: Digest, portalID: String, at instant: Instant) async throws -> [UInt8]? {
        let sealed = try await write { _, connection in
            Change(try PushedRequestTable.take(hash, portalID: portalID, at: instant, connection), entries: [])
        }
        return try sealed.map { try seals.openRequest($0, hash: hash) }
    }
}

extension SQLiteStore: ThrottleBook {
    package func count(_ keys: [ThrottleKey], window: Int64, at instant: Instant) async throws -> Instant? {
        try await write { _, connection in
            for key in keys {
                let (began, attempts) = try ThrottleTable.count(key.value, window: window, at: instant, connection)
                if attempts > key.limit { return Change(began.adding(seconds: window), entries: []) }
            }
            return Change(nil, entries: [])
        }
    }

    package func forgive(_ keys: [ThrottleKey], countedAt: Instant) async throws {
        try await write { _, connection in
            for key in keys { try ThrottleTable.forgive(key.value, countedAt: countedAt, connection) }
            return Change((), entries: [])
        }
    }
}
