import Audit
import Primitives

/// What a ticket does not say about one issue.
struct IssueRequest: Sendable {
    /// The license to be replaced.
    let previous: LicenseNumber?
    let idempotencyKey: String?
    let actor: String
    /// The portal's that asks for it.
    let call: PortalCall?
}

extension LicenseOffice {
    /// Retries of one idempotency key whose numbers were all given up.
    private static let maximumRetries = 16

    /// Reserve, then draw, sign and complete; an idempotency key leads to what it gave before.
    func issue(spending ticket: consuming IssuanceTicket, _ request: IssueRequest) async throws -> IssuedLicense {
        let production = try production()
        try checkKey(request.idempotencyKey)
        var reservation = try await reserve(ticket, request, key: request.idempotencyKey)
        var retries = 0
        while reservation.existing == .void, let key = request.idempotencyKey, retries < Self.maximumRetries {
            // The number is gone for good. A trial tells whether another one would fare better, so that none is burnt in vain.
            let given = reservation.number
            _ = try production.page(
                ticket, number: given, issuedOn: clock.now().date, qrText: production.address.specimenQRText)
            reservation = try await reserve(ticket, request, key: "\(key) after \(given)")
            retries += 1
        }
        let number = reservation.number
        switch reservation.existing {
        case nil:
            return try await complete(spending: ticket, reservation, production, request)
        case .pending:
            guard abandoned.take(number), let record = try await register.record(of: number) else {
                throw IssueRefusal.beingIssued(number)
            }
            return try await finish(record, production, actor: request.actor, call: request.call)
        case .void:
            throw IssueRefusal.register(.wrongState(.void))
        case .valid, .suspended, .revoked, .cancelled, .superseded:
            return IssuedLicense(number: number, documents: try await documents(of: number), wasThere: true)
        }
    }

    func production() throws(IssueRefusal) -> LicenseProduction {
        guard let address = IssuerAddress(issuerURL) else { throw .issuerURL }
        return LicenseProduction(
            authority: policy.authority, keys: keys, renderer: renderer, hashing: hashing, randomness: randomness,
            clock: clock, address: address)
    }

    private func checkKey(_ key: String?) throws(IssueRefusal) {
        guard let key else { return }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .idempotencyKey
        }
    }

    /// Writes number and intent down before anything irreversible.
    private func reserve(
        _ ticket: borrowing IssuanceTicket, _ request: IssueRequest, key: String?
    ) async throws -> Reservation {
        let intentID = Identifier<IssuanceIntent>(from: randomness)
        let plaintext = Secret(ticket.application.json.compactBytes)
        let now = clock.now()
        let (typeID, departmentID, previous) = (ticket.type.id, ticket.department.id, request.previous)
        let intent = IssuanceIntent(
            type: ticket.type, department: ticket.department,
            sealedApplication: try sealing.seal(plaintext, context: SealingContext.application(intentID)),
            intentID: intentID,
            holderLookups: ticket.application.holders.map {
                HolderLookup.value(idType: $0.idType, id: $0.id, sealing: sealing)
            },
            validFrom: ticket.validity.from, validUntil: ticket.validity.until, idempotencyKey: key,
            previous: previous, at: now)
        do {
            return try await register.reserve(intent) { number in
                var details = JSONObject([("type", .string(typeID))])
                details["supersedes"] = previous.map { .string($0.description) }
                return AuditEntry(
                    .numberReserved, at: now, department: departmentID, actor: request.actor,
                    object: number.description, details: details.naming(request.call))
            }
        } catch RegisterRefusal.wrongState(let state) where previous != nil {
            throw IssueRefusal.previousNotSupersedable(state)
        } catch let refusal as RegisterRefusal {
            throw IssueRefusal.register(refusal)
        }
    }
}
