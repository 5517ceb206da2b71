import Audit
import Primitives

extension LicenseOffice {
    private static let maximumReasonLength = 200

    /// Revokes, suspends or reinstates a license.
    ///
    /// - Parameters:
    ///   - reason: 1 to 200 characters, one line; kept in the license's history.
    ///   - call: the portal's that asks for it.
    /// - Throws: `StatusRefusal`, of which the impossible changes are put on record; what the register throws.
    @concurrent
    package func changeStatus(
        _ number: LicenseNumber, _ change: StatusChange, reason: String, actor: String, call: PortalCall? = nil
    ) async throws {
        if let fault = TextRule.fault(in: reason, maximumLength: Self.maximumReasonLength) {
            throw StatusRefusal.reason(fault)
        }
        guard let record = try await register.record(of: number) else { throw StatusRefusal.unknownNumber }
        do {
            guard let type = policy.types[record.typeID] else { throw StatusRefusal.unknownType(record.typeID) }
            guard type.statusCodes[change.to.rawValue] != nil else {
                throw StatusRefusal.unknownStatus(change.to, type: type.id)
            }
            try await apply(change, to: record, reason: reason, actor: actor, call: call)
        } catch let refusal as StatusRefusal where refusal != .busy {
            try await register.append(
                entry(change, record, .refused, reason: refusal.description, actor: actor, call: call))
            throw refusal
        }
    }

    private func apply(
        _ change: StatusChange, to record: LicenseRecord, reason: String, actor: String, call: PortalCall?
    ) async throws {
        let entry = entry(change, record, .succeeded, reason: reason, actor: actor, call: call)
        do {
            try await register.change(
                record.number, from: change.from, to: change.to, reason: reason, actor: actor, at: entry.at,
                entry: entry)
        } catch RegisterRefusal.wrongState(let state) {
            throw StatusRefusal.wrongState(state, change)
        } catch RegisterRefusal.unknownNumber {
            throw StatusRefusal.unknownNumber
        } catch RegisterRefusal.busy {
            throw StatusRefusal.busy
        }
    }

    private func entry(
        _ change: StatusChange, _ record: LicenseRecord, _ outcome: AuditOutcome, reason: String, actor: String,
        call: PortalCall?
    ) -> AuditEntry {
        let event: AuditEvent =
            switch change {
            case .revoke: .licenseRevoked
            case .suspend: .licenseSuspended
            case .reinstate: .licenseReinstated
            }
        return AuditEntry(
            event, outcome: outcome, at: clock.now(), department: record.departmentID, actor: actor,
            object: record.number.description,
            details: JSONObject([("reason", .string(reason))]).naming(call))
    }
}
