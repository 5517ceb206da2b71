import Primitives
import Testing

struct CalendarDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-11-22", 20_779),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1900-03-01", -25_508),
    ])
    func `days since 1970 go both ways`(text: String, days: Int) {
        #expect(CalendarDate(text)?.daysSinceEpoch == days)
        #expect(CalendarDate(daysSinceEpoch: days).description == text)
    }

    @Test func `every day of 400 years and more comes back`() {
        var previous = CalendarDate(daysSinceEpoch: -150_001)
        for days in -150_000...150_000 {
            let date = CalendarDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days && date > previous)
            previous = date
        }
    }

    @Test(arguments: [
        "", "2026-1-31", "2026-01-32", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
        "0000-01-01",
        "26-01-01", "2026/01/01", "2026-01-31 ", " 2026-01-31", "2026-01-3１", "+026-01-01", "2026-01-01T00:00:00Z",
        "10000-01-01",
    ])
    func `what is no day is refused`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `leap years follow Gregory`() {
        #expect(CalendarDate("2024-02-29") != nil && CalendarDate("2000-02-29") != nil)
        #expect(CalendarDate.days(inMonth: 2, of: 2100) == 28)
        #expect((1...12).map { CalendarDate.days(inMonth: $0, of: 2026) }.reduce(0, +) == 365)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-05-31", 120, "2036-05-31"), ("0001-02-01", -1, "0001-01-01"),
    ])
    func `months are added to the same day or the month's last`(start: String, months: Int, end: String) {
        #expect(CalendarDate(start)?.adding(months: months).description == end)
    }

    @Test func `sums beyond the calendar stay in it`() throws {
        let date = try #require(CalendarDate("2026-01-31"))
        #expect(date.adding(days: 1).description == "2026-02-01")
        #expect(date.adding(days: -31).description == "2025-12-31")
        #expect(date.adding(days: .max).description == "9999-12-31")
        #expect(date.adding(days: .min).description == "0001-01-01")
        #expect(date.adding(months: .max).year == 9999)
        #expect(date.adding(months: .min).year == 1)
        #expect(CalendarDate(daysSinceEpoch: .max).description == "9999-12-31")
        #expect(CalendarDate(daysSinceEpoch: .min).description == "0001-01-01")
    }
}

struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-22T08:00:00Z", 1_795_334_400_000),
        ("2026-11-22T08:00:00.5Z", 1_795_334_400_500), ("2026-11-22T08:00:00.123456789Z", 1_795_334_400_123),
        ("2026-11-22T16:00:00+08:00", 1_795_334_400_000), ("2026-11-22T03:30:00-04:30", 1_795_334_400_000),
        ("2026-11-22 08:00:00z", 1_795_334_400_000), ("1969-12-31T23:59:59Z", -1000),
    ])
    func `RFC 3339 is read to milliseconds`(text: String, milliseconds: Int64) {
        #expect(Instant(text)?.millisecondsSinceEpoch == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T08:00:00", "2026-11-22T08:00Z", "2026-11-22T24:00:00Z", "2026-11-22T08:60:00Z",
        "2026-11-22T08:00:60Z", "2026-02-29T08:00:00Z", "2026-11-22T08:00:00.Z", "2026-11-22T08:00:00+0800",
        "2026-11-22T08:00:00+24:00", "2026-11-22T08:00:00+08:60", "2026-11-22T08:00:00ZZ", " 2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00Z ", "2026-11-22T-8:00:00Z", "2026-11-22T08:00:00,5Z", "20２6-11-22T08:00:00Z",
    ])
    func `anything else is refused`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `it prints whole seconds in UTC`() {
        #expect(Instant(millisecondsSinceEpoch: 1_795_334_400_999).description == "2026-11-22T08:00:00Z")
        #expect(Instant(millisecondsSinceEpoch: -1).description == "1969-12-31T23:59:59Z")
        #expect(Instant(millisecondsSinceEpoch: .max).description.hasPrefix("9999-12-31T"))
        #expect(Instant(millisecondsSinceEpoch: .min).description.hasPrefix("0001-01-01T"))
    }

    @Test func `what it prints it reads`() {
        for seconds in stride(from: Int64(-62_135_596_800), through: 253_402_300_799, by: 1_234_567_891) {
            let instant = Instant(secondsSinceEpoch: seconds)
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test func `sums at the ends of the range are clamped`() {
        #expect(Instant(secondsSinceEpoch: .max).millisecondsSinceEpoch == .max)
        #expect(Instant(secondsSinceEpoch: .min).millisecondsSinceEpoch == .min)
        let late = Instant(millisecondsSinceEpoch: .max - 1)
        #expect(late.adding(seconds: 1).millisecondsSinceEpoch == .max)
        #expect(late.adding(seconds: .max).millisecondsSinceEpoch == .max)
        #expect(Instant(millisecondsSinceEpoch: 0).adding(seconds: .min).millisecondsSinceEpoch == .min)
        #expect(Instant(millisecondsSinceEpoch: 5).adding(seconds: -1).millisecondsSinceEpoch == -995)
    }

    @Test func `seconds are rounded towards the past`() {
        #expect(Instant(millisecondsSinceEpoch: -1).secondsSinceEpoch == -1)
        #expect(Instant(millisecondsSinceEpoch: 1999).secondsSinceEpoch == 1)
        #expect(Instant(millisecondsSinceEpoch: -86_400_001).date.description == "1969-12-30")
    }

    @Test func `a date begins at midnight UTC`() throws {
        let date = try #require(CalendarDate("2026-11-22"))
        #expect(Instant(startOf: date).description == "2026-11-22T00:00:00Z")
        #expect(Instant(startOf: date).date == date)
    }

    @Test(arguments: [(7, 2, "07"), (123, 2, "123"), (0, 4, "0000")])
    func `numbers are padded with zeros`(value: Int, width: Int, expected: String) {
        #expect(value.padded(width) == expected)
    }
}
