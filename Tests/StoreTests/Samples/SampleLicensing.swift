import Audit
import Licensing
import OpenSSLCrypto
import Primitives
import Testing

@testable import Store

/// License types and departments to try a register with.
enum SampleLicensing {
    static let at = Instant(secondsSinceEpoch: 1_790_000_000)

    static func text(_ english: String) throws -> LocalizedText { try #require(LocalizedText(["en": english])) }

    static func type(_ sequence: Int = 1) throws -> LicenseType {
        LicenseType(
            id: "type-\(sequence)", code: "11100000000013338W" + sequence.padded(3),
            name: try text("Type \(sequence)"), departments: ["market", "food"],
            holder: .either, validity: .permanent, requiredCheckers: 0, formats: [.pdf, .sdJWT], fields: [], pages: [:],
            statusCodes: [:])
    }

    static func department(_ id: String = "market") throws -> Department {
        let code = try #require(SocialCreditCode(id == "market" ? "11110000000021135M" : "91350100M000100Y43"))
        return Department(
            id: id, name: try text(id), code: code, sector: id, signerAlgorithm: .es256)
    }

    static func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    static func lookup(_ holder: String, _ sealing: any Sealing) -> Digest {
        sealing.lookupValue(of: Secret(Array(holder.utf8)), purpose: "holder")
    }

    /// An intent whose application holds `application`, sealed as the issuing side does.
    static func intent(
        _ sealing: any Sealing, application: String = "{}", type: Int = 1, department: String = "market",
        holders: [String] = ["holder"], key: String? = nil, previous: LicenseNumber? = nil
    ) throws -> IssuanceIntent {
        let id = Identifier<IssuanceIntent>(from: OpenSSLRandomness())
        return IssuanceIntent(
            type: try self.type(type), department: try self.department(department),
            sealedApplication: try sealing.seal(Secret(Array(application.utf8)), context: "application/\(id)"),
            intentID: id, holderLookups: holders.map { lookup($0, sealing) }, validFrom: try date("2026-01-31"),
            validUntil: try date("2036-01-30"), idempotencyKey: key, previous: previous, at: at)
    }

    static func entry(
        _ event: AuditEvent, _ number: LicenseNumber? = nil, details: JSONObject = JSONObject()
    ) -> AuditEntry {
        AuditEntry(
            event, at: at, department: "market", actor: "operator", object: number?.description, details: details)
    }

    static func document(
        _ number: LicenseNumber, _ format: LicenseType.Format, content: String = "%PDF", _ sealing: any Sealing
    ) throws -> SealedDocument {
        SealedDocument(
            format: format,
            sealed: try sealing.seal(Secret(Array(content.utf8)), context: "document/\(number)/\(format.rawValue)"),
            digest: OpenSSLHashing().sha256(Array(content.utf8)))
    }
}

/// A register to be tried, and what is needed beside the port to see its audit log.
struct RegisterUnderTest: Sendable {
    let register: any LicenseRegister
    let sealing: any Sealing
    /// Words of the events in the log, oldest first.
    let events: @Sendable () async throws -> [String]

    func reserve(
        application: String = "{}", type: Int = 1, department: String = "market", holders: [String] = ["holder"],
        key: String? = nil, previous: LicenseNumber? = nil
    ) async throws -> Reservation {
        let intent = try SampleLicensing.intent(
            sealing, application: application, type: type, department: department,
            holders: holders,
            key: key, previous: previous)
        return try await register.reserve(intent) { SampleLicensing.entry(.numberReserved, $0) }
    }

    func complete(_ number: LicenseNumber, superseding previous: LicenseNumber? = nil) async throws {
        let entries =
            [SampleLicensing.entry(.licenseIssued, number)]
            + (previous.map { [SampleLicensing.entry(.licenseSuperseded, $0)] } ?? [])
        try await register.complete(
            number, documents: [try SampleLicensing.document(number, .pdf, sealing)], at: SampleLicensing.at,
            entries: entries
        )
    }

    /// A license from reservation to documents.
    func issue(
        department: String = "market", type: Int = 1, previous: LicenseNumber? = nil
    ) async throws -> LicenseNumber {
        let number = try await reserve(type: type, department: department, previous: previous).number
        try await complete(number, superseding: previous)
        return number
    }

    func change(
        _ number: LicenseNumber, from: Set<LicenseState>, to: LicenseState, event: AuditEvent, reason: String = "why"
    ) async throws {
        try await register.change(
            number, from: from, to: to, reason: reason, actor: "operator", at: SampleLicensing.at,
            entry: SampleLicensing.entry(event, number))
    }

    func revoke(_ number: LicenseNumber, reason: String = "why") async throws {
        try await change(number, from: [.valid, .suspended], to: .revoked, event: .licenseRevoked, reason: reason)
    }

    func state(of number: LicenseNumber) async throws -> LicenseState? {
        try await register.record(of: number)?.state
    }
}

extension SampleStore {
    func underTest() throws -> RegisterUnderTest {
        let store = try store()
        return RegisterUnderTest(register: store, sealing: ports.sealing) {
            try await store.allEntries().compactMap { $0["event"]?.string }
        }
    }
}
