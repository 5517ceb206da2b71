#if DEBUG
    import Audit
    import Licensing
    import Primitives

    /// A register that stops before or after its two steps of issuing; see `StopPoint`.
    struct StoppingRegister: LicenseRegister {
        let register: any LicenseRegister

        func reserve(
            _ intent: IssuanceIntent, entry: @escaping @Sendable (LicenseNumber) -> AuditEntry
        ) async throws -> Reservation {
            StopPoint.beforeReserving.reached()
            let reservation = try await register.reserve(intent, entry: entry)
            StopPoint.afterReserving.reached()
            return reservation
        }

        func complete(
            _ number: LicenseNumber, documents: [SealedDocument], at instant: Instant, entries: [AuditEntry]
        ) async throws {
            StopPoint.beforeCompleting.reached()
            try await register.complete(number, documents: documents, at: instant, entries: entries)
            StopPoint.afterCompleting.reached()
        }

        func void(_ number: LicenseNumber, reason: String, entry: AuditEntry) async throws {
            try await register.void(number, reason: reason, entry: entry)
        }

        func unfinished() async throws -> [LicenseRecord] { try await register.unfinished() }

        func change(
            _ number: LicenseNumber, from states: Set<LicenseState>, to state: LicenseState, reason: String,
            actor: String, at instant: Instant, entry: AuditEntry
        ) async throws {
            try await register.change(
                number, from: states, to: state, reason: reason, actor: actor, at: instant, entry: entry)
        }

        func record(of number: LicenseNumber) async throws -> LicenseRecord? { try await register.record(of: number) }

        func history(of number: LicenseNumber) async throws -> [LicenseHistoryEntry] {
            try await register.history(of: number)
        }

        func document(of number: LicenseNumber, format: LicenseType.Format) async throws -> SealedDocument? {
            try await register.document(of: number, format: format)
        }

        func numbers(heldBy lookup: Digest) async throws -> [LicenseNumber] {
            try await register.numbers(heldBy: lookup)
        }
        func statusLists() async throws -> [Int] { try await register.statusLists() }
        func statusList(_ list: Int) async throws -> StatusListContent? { try await register.statusList(list) }
        func append(_ entry: AuditEntry) async throws { try await register.append(entry) }
    }
#endif
