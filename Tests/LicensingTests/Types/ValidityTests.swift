import Primitives
import Testing

@testable import Licensing

@Suite struct ValidityTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(
        arguments: [
            ("2026-11-22", Validity.years(10), "2036-11-21"), ("2026-01-01", .years(1), "2026-12-31"),
            ("2025-03-01", .years(1), "2026-02-28"), ("2023-03-01", .years(1), "2024-02-29"),
            ("2024-02-29", .years(1), "2025-02-28"), ("2024-02-29", .years(4), "2028-02-28"),
            ("2026-01-31", .months(1), "2026-02-28"), ("2026-02-15", .months(1), "2026-03-14"),
            ("2026-12-31", .months(6), "2027-06-30"), ("2026-02-28", .days(1), "2026-02-28"),
            ("2026-02-28", .days(30), "2026-03-29"), ("9999-06-01", .days(400), "9999-12-31"),
        ] as [(String, Validity, String)])
    func `the last day is the one before the next period would begin`(
        first: String, validity: Validity, last: String
    ) throws {
        let period = try validity.period(from: day(first), values: [:])
        #expect(try period == ValidityPeriod(from: day(first), until: day(last)))
    }

    @Test func `a permanent license has no last day`() throws {
        #expect(try Validity.permanent.period(from: day("2026-11-22"), values: [:]).until == nil)
    }

    @Test func `a license until a field's date ends on that day, which may be today`() throws {
        let validity = Validity.until(field: "through")
        let today = try day("2026-11-22")
        #expect(try validity.period(from: today, values: ["through": .date(today)]).until == today)
        let yesterday = today.adding(days: -1)
        for values in [["through": .date(yesterday)], ["other": .date(today)], ["through": .text("2027-01-01")]]
            as [[String: FieldValue]]
        {
            let faults = #expect(throws: ApplicationFaults.self) { try validity.period(from: today, values: values) }
            #expect(faults?.faults.map(\.path) == ["fields.through"])
        }
    }

    @Test func `no count of years or days leaves the calendar`() throws {
        let today = try day("2026-11-22")
        for validity in [Validity.years(.max), .months(.max), .days(.max), .years(0), .months(-5), .days(.min + 1)] {
            let period = try validity.period(from: today, values: [:])
            #expect(try #require(period.until) >= today)
        }
    }
}
