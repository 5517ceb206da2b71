import Audit
package import Primitives

/// Issues licenses, replaces them, changes their status and hands their documents out. May be shared by any number of tasks;
/// rendering and signing run on the caller's task, off its actor.
package struct LicenseOffice: Sendable {
    let policy: LicensingPolicy
    let register: any LicenseRegister
    let keys: any SigningKeys
    let renderer: any PageRenderer
    let sealing: any Sealing
    let hashing: any Hashing
    let randomness: any Randomness
    let clock: any Clock
    let issuerURL: String
    let abandoned = AbandonedNumbers()

    /// - Parameter issuerURL: public base URL of the service; status lists and QR codes name it.
    package init(
        policy: LicensingPolicy, register: any LicenseRegister, keys: any SigningKeys, renderer: any PageRenderer,
        sealing: any Sealing, hashing: any Hashing, randomness: any Randomness, clock: any Clock, issuerURL: String
    ) {
        (self.policy, self.register, self.keys, self.renderer) = (policy, register, keys, renderer)
        (self.sealing, self.hashing, self.randomness) = (sealing, hashing, randomness)
        (self.clock, self.issuerURL) = (clock, issuerURL)
    }

    /// Issues one license.
    ///
    /// - Parameters:
    ///   - department: id; `nil` where only one department may issue the type.
    ///   - idempotencyKey: repeating it with the same application gives the license made first.
    ///   - actor: an account id, `operator` for the command line.
    ///   - call: the portal's that asks for it.
    /// - Throws: `IssueRefusal`; what register, keys and sealing throw. A number that had been reserved is then void, or is
    ///   finished at the next start or by the next repeat of the key.
    @concurrent
    package func issue(
        _ application: Application, type: LicenseType, department: String?, idempotencyKey: String?, actor: String,
        call: PortalCall? = nil
    ) async throws -> IssuedLicense {
        guard policy.types[type.id] == type else { throw IssueRefusal.unknownType }
        let issuer = try await issuer(of: type, named: department, actor: actor, call: call)
        let ticket = try type.prepare(application, by: issuer, at: clock.now())
        return try await issue(
            spending: ticket, IssueRequest(previous: nil, idempotencyKey: idempotencyKey, actor: actor, call: call))
    }

    /// Issues the next version of a license; once its documents are stored, the earlier one is superseded by it.
    ///
    /// A suspended license is not superseded: the new one would lift the suspension. Its validity begins anew.
    /// - Throws: `IssueRefusal` (`previousNotSupersedable` names the state); what `issue` throws.
    @concurrent
    package func supersede(
        _ number: LicenseNumber, with application: Application, idempotencyKey: String? = nil, actor: String
    ) async throws -> IssuedLicense {
        guard let record = try await register.record(of: number) else {
            throw IssueRefusal.register(.unknownNumber)
        }
        guard record.state != .suspended else { throw IssueRefusal.previousNotSupersedable(.suspended) }
        guard let type = policy.types[record.typeID] else { throw IssueRefusal.unknownType }
        let issuer = try await issuer(of: type, named: record.departmentID, actor: actor, call: nil)
        let ticket = try type.prepare(application, by: issuer, at: clock.now())
        return try await issue(
            spending: ticket,
            IssueRequest(previous: number, idempotencyKey: idempotencyKey, actor: actor, call: nil))
    }

    /// The documents of a license, in the type's formats; none for a number without documents.
    ///
    /// - Throws: `RegisterRefusal.unknownNumber`; `DocumentFault` when what is stored is not what was issued.
    @concurrent
    package func documents(of number: LicenseNumber) async throws -> [IssuedDocument] {
        guard try await register.record(of: number) != nil else { throw RegisterRefusal.unknownNumber }
        var documents: [IssuedDocument] = []
        for format in LicenseType.Format.allCases {
            guard let stored = try await register.document(of: number, format: format) else { continue }
            let bytes = try sealing.open(stored.sealed, context: SealingContext.document(number, format)).exposedBytes
            guard hashing.sha256(bytes) == stored.digest else { throw DocumentFault(number: number, format: format) }
            documents.append(IssuedDocument(format: format, number: number, bytes: bytes))
        }
        return documents
    }

    /// The department that issues; a department that may not is put on record.
    private func issuer(
        of type: LicenseType, named id: String?, actor: String, call: PortalCall?
    ) async throws -> Department {
        guard let id = id ?? (type.departments.count == 1 ? type.departments.first : nil) else {
            throw IssueRefusal.departmentAmbiguous(type.departments)
        }
        guard let department = policy.departments[id] else { throw IssueRefusal.unknownDepartment }
        guard type.departments.contains(id) else {
            let details = JSONObject([("type", .string(type.id)), ("reason", "department not allowed")])
            try await register.append(
                AuditEntry(
                    .licenseIssued, outcome: .refused, at: clock.now(), department: id, actor: actor,
                    details: details.naming(call)))
            throw IssueRefusal.departmentNotAllowed
        }
        return department
    }
}

/// A stored document is not the one that was issued.
package struct DocumentFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let number: LicenseNumber
    package let format: LicenseType.Format

    package var description: String { "the stored \(format.rawValue) of \(number) is damaged" }
}

/// What sealed data are bound to, so that none can take another's place.
enum SealingContext {
    static func application(_ intent: Identifier<IssuanceIntent>) -> String { "application/\(intent)" }

    static func document(_ number: LicenseNumber, _ format: LicenseType.Format) -> String {
        "document/\(number)/\(format.rawValue)"
    }
}
