import Audit
import Primitives

/// A number on its way to documents.
struct Completion: Sendable {
    let number: LicenseNumber
    let place: StatusPlace
    let departmentID: String
    let previous: LicenseNumber?
    let actor: String
    let call: PortalCall?
    /// The work was taken up after a stop.
    let isAfterStop: Bool
}

extension LicenseOffice {
    func complete(
        spending ticket: consuming IssuanceTicket, _ reservation: Reservation, _ production: LicenseProduction,
        _ request: IssueRequest
    ) async throws -> IssuedLicense {
        let completion = Completion(
            number: reservation.number, place: reservation.place, departmentID: ticket.department.id,
            previous: request.previous, actor: request.actor, call: request.call, isAfterStop: false)
        return try await complete(spending: ticket, completion, production)
    }

    /// Draws, signs and stores; a refusal voids the number.
    ///
    /// - Throws: `IssueRefusal` with the number void; anything else leaves the number to a later attempt.
    func complete(
        spending ticket: consuming IssuanceTicket, _ completion: Completion, _ production: LicenseProduction
    ) async throws -> IssuedLicense {
        let number = completion.number
        do {
            let signed = try production.documents(spending: ticket, number: number, place: completion.place)
            try await store(signed, completion)
            let documents = signed.documents.map { IssuedDocument(format: $0.format, number: number, bytes: $0.bytes) }
            return IssuedLicense(number: number, documents: documents, wasThere: false)
        } catch IssueRefusal.page(let refusal) {
            try await void(completion, reason: refusal.reason)
            throw IssueRefusal.page(refusal)
        } catch RegisterRefusal.wrongState(let state) where completion.previous != nil {
            try await void(completion, reason: "the license to be replaced became \(state.rawValue)")
            throw IssueRefusal.previousNotSupersedable(state)
        } catch {
            // Keys or register are at fault, not the application: the number keeps its intent.
            abandoned.add(number)
            throw (error as? RegisterRefusal).map { IssueRefusal.register($0) } ?? error
        }
    }

    /// Gives a pending number up.
    func void(_ completion: Completion, reason: String) async throws {
        let now = clock.now()
        let entry = AuditEntry(
            .numberVoided, at: now, department: completion.departmentID, actor: completion.actor,
            object: completion.number.description,
            details: JSONObject([("reason", .string(reason))]).naming(completion.call))
        do {
            try await whileBusy { try await register.void(completion.number, reason: reason, entry: entry) }
        } catch {
            abandoned.add(completion.number)
            throw error
        }
    }

    private func store(_ signed: SignedLicense, _ completion: Completion) async throws {
        let number = completion.number
        let documents = try signed.documents.map { format, bytes in
            SealedDocument(
                format: format,
                sealed: try sealing.seal(Secret(bytes), context: SealingContext.document(number, format)),
                digest: hashing.sha256(bytes))
        }
        let entries = entries(completion, at: signed.signedAt)
        try await whileBusy {
            try await register.complete(number, documents: documents, at: signed.signedAt, entries: entries)
        }
    }

    private func entries(_ completion: Completion, at instant: Instant) -> [AuditEntry] {
        let number = completion.number.description
        func entry(_ event: AuditEvent, _ object: String, _ details: JSONObject = JSONObject()) -> AuditEntry {
            AuditEntry(
                event, at: instant, department: completion.departmentID, actor: completion.actor, object: object,
                details: details.naming(completion.call))
        }
        var details = JSONObject()
        details["supersedes"] = completion.previous.map { .string($0.description) }
        var entries = [entry(.licenseIssued, number, details)]
        if let previous = completion.previous {
            entries.append(
                entry(.licenseSuperseded, previous.description, JSONObject([("supersededBy", .string(number))])))
        }
        if completion.isAfterStop { entries.append(entry(.issuanceFinishedAfterStop, number)) }
        return entries
    }

    /// Signed work is not thrown away because the writer's queue is full for a moment: waits up to about 6 s.
    private func whileBusy(_ change: () async throws -> Void) async throws {
        var pause = 25
        while true {
            do {
                return try await change()
            } catch RegisterRefusal.busy where pause < 5_000 {
                try await Task.sleep(for: .milliseconds(pause))
                pause *= 2
            }
        }
    }
}
