import Primitives

extension LicenseOffice {
    /// Finishes or voids every number that a stop left without documents; called once at start.
    ///
    /// - Throws: what register, sealing and keys throw, once every number was tried; those not settled stay for the next start.
    @concurrent
    package func finishUnfinished(actor: String) async throws -> [UnfinishedOutcome] {
        let records = try await register.unfinished()
        guard !records.isEmpty else { return [] }
        let production = try production()
        var outcomes: [UnfinishedOutcome] = []
        var fault: (any Error)?
        for record in records {
            do {
                outcomes.append(try await settle(record, production, actor: actor))
            } catch {
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
        return outcomes
    }

    /// Takes a reserved number up from its sealed application; a refusal voids the number.
    func finish(
        _ record: LicenseRecord, _ production: LicenseProduction, actor: String, call: PortalCall? = nil
    ) async throws -> IssuedLicense {
        let completion = Completion(
            number: record.number, place: record.place, departmentID: record.departmentID,
            previous: record.supersedes, actor: actor, call: call, isAfterStop: true)
        guard let ticket = try ticket(for: record) else {
            let reason = "the application no longer fits the policy"
            try await void(completion, reason: reason)
            throw OutdatedApplication(reason: reason)
        }
        return try await complete(spending: ticket, completion, production)
    }

    private func settle(
        _ record: LicenseRecord, _ production: LicenseProduction, actor: String
    ) async throws -> UnfinishedOutcome {
        do {
            return .finished(try await finish(record, production, actor: actor).number)
        } catch let outdated as OutdatedApplication {
            return .voided(record.number, reason: outdated.reason)
        } catch IssueRefusal.page(let refusal) {
            return .voided(record.number, reason: refusal.reason)
        } catch IssueRefusal.previousNotSupersedable(let state) {
            return .voided(record.number, reason: "the license to be replaced became \(state.rawValue)")
        }
    }

    /// `nil` when the policy changed so that this application would be refused today.
    ///
    /// - Throws: when the application cannot be opened: a wrong key must void nothing.
    private func ticket(for record: LicenseRecord) throws -> IssuanceTicket? {
        let sealed = record.sealedApplication
        let plaintext = try sealing.open(sealed, context: SealingContext.application(record.intentID))
        guard let type = policy.types[record.typeID], type.code == record.number.typeCode,
            let department = policy.departments[record.departmentID],
            department.code.text == record.number.issuerCode,
            let value = try? JSONReader.read(plaintext.exposedBytes),
            let application = try? type.read(value, photo: nil)
        else { return nil }
        let validity = ValidityPeriod(from: record.validFrom, until: record.validUntil)
        return try? type.prepare(application, by: department, validity: validity)
    }
}

/// An application that was right when its number was reserved and is no longer.
struct OutdatedApplication: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
