import Audit
import Licensing
import Primitives
import Testing

extension RegisterClaim {
    static let statuses = [
        RegisterClaim("a state changes only from where it may, with reason and actor kept") { tested in
            let number = try await tested.issue()
            try await tested.change(
                number, from: [.valid], to: .suspended, event: .licenseSuspended, reason: "检查 fee unpaid")
            await #expect(throws: RegisterRefusal.wrongState(.suspended)) {
                try await tested.change(number, from: [.valid], to: .suspended, event: .licenseSuspended)
            }
            try await tested.revoke(number)
            await #expect(throws: RegisterRefusal.wrongState(.revoked)) {
                try await tested.change(number, from: [.suspended], to: .valid, event: .licenseReinstated)
            }
            let history = try await tested.register.history(of: number)
            #expect(history.map(\.state) == [.pending, .valid, .suspended, .revoked])
            #expect(history.map(\.reason) == [nil, nil, "检查 fee unpaid", "why"])
            #expect(
                try await tested.events() == [
                    "number-reserved", "license-issued", "license-suspended", "license-revoked",
                ])
        },
        RegisterClaim("many who revoke one license at once: one does") { tested in
            let number = try await tested.issue()
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { (try? await tested.revoke(number)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            #expect(try await tested.events().filter { $0 == "license-revoked" }.count == 1)
        },
    ]

    static let superseding = [
        RegisterClaim("a new version takes the old one's place, with links both ways") { tested in
            let old = try await tested.issue()
            let reserved = try await tested.reserve(previous: old)
            #expect(try await tested.state(of: old) == .valid)
            try await tested.complete(reserved.number, superseding: old)
            let (before, after) = (
                try #require(try await tested.register.record(of: old)),
                try #require(try await tested.register.record(of: reserved.number))
            )
            #expect((after.number.serial, after.number.version) == (old.serial, 2))
            #expect((before.state, before.supersededBy) == (.superseded, after.number))
            #expect((after.state, after.supersedes) == (.valid, old))
            #expect(before.place != after.place)
            let marks = try await tested.register.statusList(before.place.list)?.marks
            #expect(
                marks == [StatusMark(index: before.place.index, state: .superseded, supersededBy: after.number)])
            #expect(try await tested.register.history(of: old).last?.state == .superseded)
        },
        RegisterClaim("a license that ended meanwhile is not superseded") { tested in
            let old = try await tested.issue()
            let reserved = try await tested.reserve(previous: old).number
            try await tested.revoke(old)
            await #expect(throws: RegisterRefusal.wrongState(.revoked)) {
                try await tested.complete(reserved, superseding: old)
            }
            #expect(try await tested.state(of: reserved) == .pending)
            #expect(try await tested.register.document(of: reserved, format: .pdf) == nil)
            #expect(try await tested.state(of: old) == .revoked)
        },
        RegisterClaim("only one successor is in the making, and a void one's version is not used again") { tested in
            let old = try await tested.issue()
            let first = try await tested.reserve(previous: old).number
            await #expect(throws: RegisterRefusal.wrongState(.pending)) { try await tested.reserve(previous: old) }
            try await tested.register.void(first, reason: "", entry: SampleLicensing.entry(.numberVoided, first))
            let second = try await tested.issue(previous: old)
            #expect((first.version, second.version) == (2, 3))
            await #expect(throws: RegisterRefusal.wrongState(.superseded)) { try await tested.reserve(previous: old) }
            #expect(try await tested.issue(previous: second).version == 4)
        },
        RegisterClaim("a license is superseded by its own type and issuer only") { tested in
            let old = try await tested.issue()
            await #expect(throws: RegisterRefusal.unknownNumber) { try await tested.reserve(type: 2, previous: old) }
            await #expect(throws: RegisterRefusal.unknownNumber) {
                try await tested.reserve(department: "food", previous: old)
            }
        },
        RegisterClaim("a suspended license may be superseded, a pending one not") { tested in
            let pending = try await tested.reserve().number
            await #expect(throws: RegisterRefusal.wrongState(.pending)) { try await tested.reserve(previous: pending) }
            try await tested.complete(pending)
            try await tested.change(pending, from: [.valid], to: .suspended, event: .licenseSuspended)
            #expect(try await tested.issue(previous: pending).version == 2)
        },
    ]

    static let lists = [
        RegisterClaim("each department has lists of its own, with places inside them") { tested in
            let market = try await tested.reserve().place
            let food = try await tested.reserve(department: "food").place
            #expect(market.list != food.list)
            let lists = try await tested.register.statusLists()
            #expect(lists == [market.list, food.list].sorted())
            for (place, department) in [(market, "market"), (food, "food")] {
                let content = try #require(try await tested.register.statusList(place.list))
                #expect(content.departmentID == department)
                #expect((0..<content.capacity).contains(place.index))
                #expect(content.marks == [])
            }
        },
        RegisterClaim("marks show what is not valid, and every change raises the version") { tested in
            let (first, second, third) = (
                try await tested.issue(), try await tested.issue(), try await tested.reserve().number
            )
            let list = try #require(try await tested.register.record(of: first)).place.list
            let before = try #require(try await tested.register.statusList(list))
            try await tested.change(second, from: [.valid], to: .suspended, event: .licenseSuspended)
            try await tested.change(first, from: [.valid], to: .cancelled, event: .licenseCancelled)
            let after = try #require(try await tested.register.statusList(list))
            #expect(after.version == before.version + 2)
            var expected: [StatusMark] = []
            for (number, state) in [(first, LicenseState.cancelled), (second, .suspended)] {
                let place = try #require(try await tested.register.record(of: number)).place
                expected.append(StatusMark(index: place.index, state: state, supersededBy: nil))
            }
            #expect(after.marks == expected.sorted { $0.index < $1.index })
            try await tested.change(second, from: [.suspended], to: .valid, event: .licenseReinstated)
            let reinstated = try #require(try await tested.register.statusList(list))
            #expect(reinstated.marks.count == 1 && reinstated.version == after.version + 1)
            try await tested.complete(third)
            #expect(try await tested.register.statusList(list) == reinstated)
        },
    ]
}
