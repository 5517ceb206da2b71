import Licensing
import PolicyFiles
import Testing

struct ValidityTests {
    private func faults(_ validity: String) throws -> [String] {
        try PolicySample.changing(PolicySample.type, "{years: 1}", to: validity).faults().map {
            $0.replacing(PolicySample.type + ":", with: "")
        }
    }

    @Test(arguments: [
        ("{years: 10}", Validity.years(10)), ("{months: 18}", .months(18)), ("{days: 90}", .days(90)),
        ("permanent", .permanent), ("{until: closesOn}", .until(field: "closesOn")),
    ])
    func `every validity loads`(text: String, validity: Validity) throws {
        let type = try PolicySample.changing(PolicySample.type, "{years: 1}", to: text).onDisk {
            try PolicyFolder.load($0).licensing.types["market-stall"]
        }
        #expect(type?.validity == validity)
    }

    @Test func `an end field must be a required date of the type`() throws {
        #expect(
            try faults("{until: closeson}") == ["5:19: this type has no field `closeson`: did you mean `closesOn`?"])
        #expect(
            try faults("{until: end}") == ["5:19: this type has no field `end`: known are `closesOn`"])
        #expect(
            try faults("{until: stall}") == [
                "5:19: `stall` is of type `text`: a validity ends at a field of type `date`"
            ])
    }

    @Test func `an end field that may be left out is a fault`() throws {
        let text = try #require(PolicySample.valid[PolicySample.type])
            .replacing("{years: 1}", with: "{until: closesOn}").replacing(
                "type: date, required: true", with: "type: date")
        #expect(
            try PolicySample.changing(PolicySample.type, to: text).faults() == [
                "\(PolicySample.type):5:19: `closesOn` may be left out: give that field `required: true`"
            ])
    }

    @Test func `exactly one length of time is given`() throws {
        let expected =
            "expected `permanent` or one of `{years: n}`, `{months: n}`, `{days: n}`, `{until: <a required date field>}`"
        #expect(try faults("{years: 1, days: 3}") == ["5:11: \(expected), found `days` and `years`"])
        #expect(try faults("{}") == ["5:11: \(expected), found nothing"])
        #expect(try faults("10") == ["5:11: unknown validity `10`: \(expected)"])
        #expect(try faults("permanant") == ["5:11: unknown validity `permanant`: did you mean `permanent`?"])
        #expect(try faults("[1]") == ["5:11: \(expected), found a list"])
    }

    @Test(arguments: ["0", "101", "-1", "ten", "0x10", "010", "1e2", "99999999999999999999"])
    func `a length of time is a whole number in range`(years: String) throws {
        #expect(
            try faults("{years: \(years)}") == ["5:19: expected a whole number from 1 to 100, found `\(years)`"])
    }
}
