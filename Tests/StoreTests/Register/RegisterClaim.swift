import Audit
import Licensing
import Primitives
import Testing

/// One thing that every register must do, whatever it is made of.
struct RegisterClaim: Sendable, CustomTestStringConvertible {
    let sentence: String
    let check: @Sendable (RegisterUnderTest) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (RegisterUnderTest) async throws -> Void) {
        (self.sentence, self.check) = (sentence, check)
    }

    var testDescription: String { sentence }

    /// The whole suite. A second store passes it by one more test like `SQLiteRegisterTests`.
    static let all = issuing + numbering + superseding + statuses + lists + repeating + auditing
}

extension RegisterClaim {
    static let issuing = [
        RegisterClaim("a reservation is a pending record of what was intended") { tested in
            let intent = try SampleLicensing.intent(tested.sealing, application: "{\"a\": 1}")
            let reservation = try await tested.register.reserve(intent) { SampleLicensing.entry(.numberReserved, $0) }
            #expect(reservation.existing == nil)
            let record = try #require(try await tested.register.record(of: reservation.number))
            #expect(
                record
                    == LicenseRecord(
                        number: reservation.number, typeID: "type-1", departmentID: "market", state: .pending,
                        place: reservation.place, intentID: intent.intentID,
                        sealedApplication: intent.sealedApplication, validFrom: intent.validFrom,
                        validUntil: intent.validUntil, reservedAt: intent.at, issuedAt: nil, supersedes: nil,
                        supersededBy: nil))
        },
        RegisterClaim("completing stores the documents and makes the license valid") { tested in
            let number = try await tested.reserve().number
            let documents = try [
                SampleLicensing.document(number, .pdf, content: "p", tested.sealing),
                SampleLicensing.document(number, .sdJWT, content: "j", tested.sealing),
            ]
            let at = Instant(secondsSinceEpoch: 1_790_000_007)
            try await tested.register.complete(
                number, documents: documents, at: at, entries: [SampleLicensing.entry(.licenseIssued, number)])
            let record = try #require(try await tested.register.record(of: number))
            #expect(record.state == .valid)
            #expect(record.issuedAt == at)
            for document in documents {
                #expect(try await tested.register.document(of: number, format: document.format) == document)
            }
            let history = try await tested.register.history(of: number)
            #expect(history.map(\.state) == [.pending, .valid])
            #expect(history.map(\.at) == [SampleLicensing.at, at])
            #expect(history.map(\.actor) == ["operator", "operator"])
        },
        RegisterClaim("a license is completed once") { tested in
            let number = try await tested.issue()
            await #expect(throws: RegisterRefusal.wrongState(.valid)) { try await tested.complete(number) }
            #expect(try await tested.events() == ["number-reserved", "license-issued"])
        },
        RegisterClaim("a number given up is void for ever") { tested in
            let number = try await tested.reserve().number
            let entry = SampleLicensing.entry(.numberVoided, number)
            try await tested.register.void(number, reason: "stopped", entry: entry)
            #expect(try await tested.state(of: number) == .void)
            #expect(try await tested.register.history(of: number).last?.reason == "stopped")
            await #expect(throws: RegisterRefusal.wrongState(.void)) { try await tested.complete(number) }
            await #expect(throws: RegisterRefusal.wrongState(.void)) {
                try await tested.register.void(number, reason: "again", entry: entry)
            }
            #expect(try await tested.reserve().number.serial != number.serial)
        },
        RegisterClaim("what is unknown is refused, or not there") { tested in
            let number = try #require(
                LicenseNumber(
                    typeCode: try SampleLicensing.type().code, issuerCode: "11110000000021135M", serial: "1", version: 1
                ))
            await #expect(throws: RegisterRefusal.unknownNumber) { try await tested.complete(number) }
            await #expect(throws: RegisterRefusal.unknownNumber) { try await tested.revoke(number) }
            await #expect(throws: RegisterRefusal.unknownNumber) { try await tested.reserve(previous: number) }
            await #expect(throws: RegisterRefusal.unknownNumber) {
                try await tested.register.void(number, reason: "", entry: SampleLicensing.entry(.numberVoided, number))
            }
            #expect(try await tested.register.record(of: number) == nil)
            #expect(try await tested.register.history(of: number) == [])
            #expect(try await tested.register.document(of: number, format: .pdf) == nil)
            #expect(try await tested.register.statusList(1) == nil)
            #expect(try await tested.events() == [])
        },
        RegisterClaim("licenses are found by holder once they are licenses") { tested in
            let lookup = SampleLicensing.lookup("Zhang", tested.sealing)
            let first = try await tested.reserve(holders: ["Zhang", "Li", "Zhang"]).number
            let voided = try await tested.reserve(holders: ["Zhang"]).number
            #expect(try await tested.register.numbers(heldBy: lookup) == [])
            try await tested.complete(first)
            try await tested.register.void(
                voided, reason: "", entry: SampleLicensing.entry(.numberVoided, voided))
            #expect(try await tested.register.numbers(heldBy: lookup) == [first])
            let li = SampleLicensing.lookup("Li", tested.sealing)
            #expect(try await tested.register.numbers(heldBy: li) == [first])
            #expect(try await tested.register.numbers(heldBy: SampleLicensing.lookup("Wu", tested.sealing)) == [])
            try await tested.revoke(first)
            #expect(try await tested.register.numbers(heldBy: lookup) == [first])
        },
    ]

    static let numbering = [
        RegisterClaim("serials rise, and each type and issuer has its own") { tested in
            var serials: [String: [String]] = [:]
            for (type, department) in [(1, "market"), (2, "market"), (1, "food"), (1, "market"), (1, "food")] {
                let number = try await tested.reserve(type: type, department: department).number
                #expect(number.version == 1)
                #expect(number.typeCode == (try SampleLicensing.type(type).code))
                #expect(number.issuerCode == (try SampleLicensing.department(department).code.text))
                serials["\(type) \(department)", default: []].append(number.serial)
            }
            #expect(
                serials == [
                    "1 market": ["20260000001", "20260000002"], "2 market": ["20260000001"],
                    "1 food": ["20260000001", "20260000002"],
                ])
        },
        RegisterClaim("many at once get different numbers and places, and one entry each") { tested in
            let reservations = try await withThrowingTaskGroup(of: Reservation.self) { group in
                for _ in 0..<200 { group.addTask { try await tested.reserve() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(reservations.map(\.number)).count == 200)
            #expect(Set(reservations.map(\.place)).count == 200)
            #expect(try await tested.events() == [String](repeating: "number-reserved", count: 200))
        },
    ]

    static let repeating = [
        RegisterClaim("a repeated key gives what was reserved first, and writes nothing") { tested in
            let first = try await tested.reserve(application: "{\"a\":1}", key: "k")
            let again = try await tested.reserve(application: "{\"a\":1}", key: "k")
            #expect(again == Reservation(number: first.number, place: first.place, existing: .pending))
            try await tested.complete(first.number)
            #expect(try await tested.reserve(application: "{\"a\":1}", key: "k").existing == .valid)
            #expect(try await tested.events() == ["number-reserved", "license-issued"])
            let other = try await tested.reserve(application: "{\"a\":1}", key: "k2")
            #expect(other.existing == nil && other.number != first.number)
        },
        RegisterClaim("a key used for something else is refused") { tested in
            _ = try await tested.reserve(application: "{\"a\":1}", key: "k")
            for (application, type, department) in [
                ("{\"a\":2}", 1, "market"), ("{\"a\":1}", 2, "market"), ("{\"a\":1}", 1, "food"),
            ] {
                await #expect(throws: RegisterRefusal.keyReused) {
                    try await tested.reserve(application: application, type: type, department: department, key: "k")
                }
            }
            #expect(try await tested.events() == ["number-reserved"])
        },
        RegisterClaim("a key repeated by many at once is used once") { tested in
            let numbers = try await withThrowingTaskGroup(of: LicenseNumber.self) { group in
                for _ in 0..<50 { group.addTask { try await tested.reserve(key: "same").number } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(numbers.count == 1)
            #expect(try await tested.events() == ["number-reserved"])
        },
    ]

    static let auditing = [
        RegisterClaim("every change appends its entries and nothing else does") { tested in
            let number = try await tested.issue()
            try await tested.change(number, from: [.valid], to: .suspended, event: .licenseSuspended)
            try await tested.change(number, from: [.suspended], to: .valid, event: .licenseReinstated)
            _ = try await tested.issue(previous: number)
            try await tested.register.append(SampleLicensing.entry(.serviceStarted))
            let voided = try await tested.reserve().number
            try await tested.register.void(voided, reason: "", entry: SampleLicensing.entry(.numberVoided, voided))
            let expected = [
                "number-reserved", "license-issued", "license-suspended", "license-reinstated", "number-reserved",
                "license-issued", "license-superseded", "service-started", "number-reserved", "number-voided",
            ]
            #expect(try await tested.events() == expected)
            _ = try await tested.register.record(of: number)
            _ = try await tested.register.history(of: number)
            _ = try await tested.register.statusList(1)
            _ = try await tested.register.statusLists()
            _ = try await tested.register.unfinished()
            #expect(try await tested.events() == expected)
        }
    ]
}
