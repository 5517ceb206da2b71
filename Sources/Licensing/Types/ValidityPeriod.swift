package import Primitives

/// From which day to which a license is valid, both included.
package struct ValidityPeriod: Hashable, Sendable {
    package let from: CalendarDate
    /// The last valid day; `nil` when permanent.
    package let until: CalendarDate?

    package init(from: CalendarDate, until: CalendarDate?) {
        (self.from, self.until) = (from, until)
    }
}

extension Validity {
    /// The period that begins on `day`.
    func period(from day: CalendarDate, values: [String: FieldValue]) throws(ApplicationFaults) -> ValidityPeriod {
        switch self {
        case .permanent: return ValidityPeriod(from: day, until: nil)
        case .days(let count): return ValidityPeriod(from: day, until: max(day, day.adding(days: count - 1)))
        case .months(let count): return ValidityPeriod(from: day, until: Validity.lastDay(of: count, from: day))
        case .years(let count):
            return ValidityPeriod(from: day, until: Validity.lastDay(of: min(count, 10_000) * 12, from: day))
        case .until(let field):
            guard case .date(let last)? = values[field], last >= day else {
                throw ApplicationFaults([
                    ApplicationFault(path: "fields.\(field)", reason: "must be a day that is not over yet")
                ])
            }
            return ValidityPeriod(from: day, until: last)
        }
    }

    /// The day before the same day `months` later: a year from 1 March ends on the last of February. Where the last month
    /// lacks that day, the period ends with that month's last day (compare PRC Civil Code art. 202).
    private static func lastDay(of months: Int, from day: CalendarDate) -> CalendarDate {
        let same = day.adding(months: months)
        return max(day, same.day == day.day ? same.adding(days: -1) : same)
    }
}
