package import Audit
package import Primitives

/// Where a license's status stands: an index in a status list.
package struct StatusPlace: Hashable, Sendable {
    /// Number of the list from 1, the last part of its URI.
    package let list: Int
    package let index: Int

    package init(list: Int, index: Int) {
        (self.list, self.index) = (list, index)
    }
}

/// What is written down before anything is signed.
package struct IssuanceIntent: Sendable {
    package let type: LicenseType
    package let department: Department
    /// The application as JSON, sealed with the context `application/<intent id>`.
    package let sealedApplication: [UInt8]
    package let intentID: Identifier<IssuanceIntent>
    /// Keyed hashes of every holder's id type and id.
    package let holderLookups: [Digest]
    package let validFrom: CalendarDate
    /// The last valid day.
    package let validUntil: CalendarDate?
    /// Repeating a key returns the reservation made first.
    package let idempotencyKey: String?
    /// The license that this one replaces: same serial, version + 1.
    package let previous: LicenseNumber?
    package let at: Instant

    package init(
        type: LicenseType, department: Department, sealedApplication: [UInt8],
        intentID: Identifier<IssuanceIntent>, holderLookups: [Digest], validFrom: CalendarDate,
        validUntil: CalendarDate?, idempotencyKey: String?, previous: LicenseNumber?, at: Instant
    ) {
        (self.type, self.department, self.sealedApplication) = (type, department, sealedApplication)
        (self.intentID, self.holderLookups) = (intentID, holderLookups)
        (self.validFrom, self.validUntil) = (validFrom, validUntil)
        (self.idempotencyKey, self.previous, self.at) = (idempotencyKey, previous, at)
    }
}

/// What the register gave an intent.
package struct Reservation: Hashable, Sendable {
    package let number: LicenseNumber
    package let place: StatusPlace
    /// The register already had this idempotency key, in this state; nothing was reserved now.
    package let existing: LicenseState?

    package init(number: LicenseNumber, place: StatusPlace, existing: LicenseState?) {
        (self.number, self.place, self.existing) = (number, place, existing)
    }
}

/// A sealed document of a license, context `document/<number>/<format>`.
package struct SealedDocument: Hashable, Sendable {
    package let format: LicenseType.Format
    package let sealed: [UInt8]
    /// Of the document before sealing.
    package let digest: Digest

    package init(format: LicenseType.Format, sealed: [UInt8], digest: Digest) {
        (self.format, self.sealed, self.digest) = (format, sealed, digest)
    }
}

/// One license as the register knows it.
package struct LicenseRecord: Hashable, Sendable {
    package let number: LicenseNumber
    package let typeID: String
    package let departmentID: String
    package let state: LicenseState
    package let place: StatusPlace
    package let intentID: Identifier<IssuanceIntent>
    package let sealedApplication: [UInt8]
    package let validFrom: CalendarDate
    package let validUntil: CalendarDate?
    package let reservedAt: Instant
    package let issuedAt: Instant?
    package let supersedes: LicenseNumber?
    package let supersededBy: LicenseNumber?

    package init(
        number: LicenseNumber, typeID: String, departmentID: String, state: LicenseState, place: StatusPlace,
        intentID: Identifier<IssuanceIntent>, sealedApplication: [UInt8], validFrom: CalendarDate,
        validUntil: CalendarDate?, reservedAt: Instant, issuedAt: Instant?, supersedes: LicenseNumber?,
        supersededBy: LicenseNumber?
    ) {
        (self.number, self.typeID, self.departmentID, self.state) = (number, typeID, departmentID, state)
        (self.place, self.intentID, self.sealedApplication) = (place, intentID, sealedApplication)
        (self.validFrom, self.validUntil) = (validFrom, validUntil)
        (self.reservedAt, self.issuedAt) = (reservedAt, issuedAt)
        (self.supersedes, self.supersededBy) = (supersedes, supersededBy)
    }
}

/// One step in a license's history.
package struct LicenseHistoryEntry: Hashable, Sendable {
    package let at: Instant
    package let state: LicenseState
    package let reason: String?
    package let actor: String

    package init(at: Instant, state: LicenseState, reason: String?, actor: String) {
        (self.at, self.state, self.reason, self.actor) = (at, state, reason, actor)
    }
}

/// One place of a status list whose license is not valid.
package struct StatusMark: Hashable, Sendable {
    package let index: Int
    /// `suspended`, `revoked`, `cancelled` or `superseded`.
    package let state: LicenseState
    package let supersededBy: LicenseNumber?

    package init(index: Int, state: LicenseState, supersededBy: LicenseNumber?) {
        (self.index, self.state, self.supersededBy) = (index, state, supersededBy)
    }
}

/// All that a signed status list says, before signing.
package struct StatusListContent: Hashable, Sendable {
    package let list: Int
    package let departmentID: String
    /// Entries in the list, used or not.
    package let capacity: Int
    /// Raised by every change of a mark: equal versions mean equal content.
    package let version: Int
    package let marks: [StatusMark]

    package init(list: Int, departmentID: String, capacity: Int, version: Int, marks: [StatusMark]) {
        (self.list, self.departmentID, self.capacity) = (list, departmentID, capacity)
        (self.version, self.marks) = (version, marks)
    }
}

/// Why the register refused a change. Never holds personal data.
package enum RegisterRefusal: Error, Hashable, Sendable {
    case unknownNumber
    /// The license is in another state than the change needs.
    case wrongState(LicenseState)
    /// The idempotency key was used for another application.
    case keyReused
    /// A serial or version ran out.
    case exhausted(String)
    /// More waits than the writer can take; try again.
    case busy
}

/// Port: the register of licenses. Every change and its audit entry become durable together, before the call returns.
package protocol LicenseRegister: Sendable {
    /// Gives the intent a number and a status place and stores it as `pending`. `entry` builds the audit entry once the number is known.
    func reserve(
        _ intent: IssuanceIntent, entry: @escaping @Sendable (LicenseNumber) -> AuditEntry
    ) async throws -> Reservation
    /// Stores the documents and makes the pending license `valid`; what it replaces becomes `superseded`, in the same transaction.
    func complete(
        _ number: LicenseNumber, documents: [SealedDocument], at: Instant, entries: [AuditEntry]
    ) async throws
    /// Gives a pending number up.
    func void(_ number: LicenseNumber, reason: String, entry: AuditEntry) async throws
    /// Pending licenses whose process is gone: nobody will finish them but the caller.
    func unfinished() async throws -> [LicenseRecord]
    /// Moves a license from one of `states` to `state`, or throws `RegisterRefusal.wrongState`.
    func change(
        _ number: LicenseNumber, from states: Set<LicenseState>, to state: LicenseState, reason: String,
        actor: String, at: Instant, entry: AuditEntry
    ) async throws
    func record(of number: LicenseNumber) async throws -> LicenseRecord?
    func history(of number: LicenseNumber) async throws -> [LicenseHistoryEntry]
    func document(of number: LicenseNumber, format: LicenseType.Format) async throws -> SealedDocument?
    /// Numbers of licenses held under this look-up value.
    func numbers(heldBy lookup: Digest) async throws -> [LicenseNumber]
    func statusLists() async throws -> [Int]
    func statusList(_ list: Int) async throws -> StatusListContent?
    /// Appends an entry that belongs to no license.
    func append(_ entry: AuditEntry) async throws
}
