/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z; leap seconds are not counted.
package struct Instant: Hashable, Comparable, Sendable {
    package let millisecondsSinceEpoch: Int64

    package init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// Seconds outside ±292 million years are clamped, so that bytes from outside cannot trap.
    package init(secondsSinceEpoch: Int64) {
        let (product, overflow) = secondsSinceEpoch.multipliedReportingOverflow(by: 1000)
        self.millisecondsSinceEpoch = overflow ? (secondsSinceEpoch < 0 ? .min : .max) : product
    }

    /// Midnight UTC at the start of `date`.
    package init(startOf date: CalendarDate) {
        self.init(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400)
    }

    /// Whole seconds since the epoch, rounded towards the past.
    package var secondsSinceEpoch: Int64 {
        let (quotient, remainder) = millisecondsSinceEpoch.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// `self` moved by `seconds`, clamped at the ends of the range.
    package func adding(seconds: Int64) -> Instant {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let shift = overflow ? (seconds < 0 ? Int64.min : Int64.max) : product
        let (sum, past) = millisecondsSinceEpoch.addingReportingOverflow(shift)
        return Instant(millisecondsSinceEpoch: past ? (shift < 0 ? .min : .max) : sum)
    }

    /// The calendar date in UTC.
    package var date: CalendarDate {
        let seconds = secondsSinceEpoch
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return CalendarDate(daysSinceEpoch: Int(clamping: days))
    }

    /// Hour, minute and second of the day in UTC.
    package var timeOfDay: (hour: Int, minute: Int, second: Int) {
        let seconds = secondsSinceEpoch
        let rest = Int(((seconds % 86_400) + 86_400) % 86_400)
        return (rest / 3600, rest / 60 % 60, rest % 60)
    }
}
