import Primitives
import Synchronization

/// A moment as headers have it (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
struct HTTPDate {
    let text: String

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    init(_ moment: Instant) {
        let (date, time) = (moment.date, moment.timeOfDay)
        // 1970-01-01 was a Thursday.
        let weekday = HTTPDate.weekdays[((date.daysSinceEpoch % 7) + 7) % 7]
        text =
            "\(weekday), \(date.day.padded(2)) \(HTTPDate.months[date.month - 1]) \(date.year.padded(4)) "
            + "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2)) GMT"
    }
}

/// The date of many answers, written once a second.
final class DateLine: Sendable {
    private let written = Mutex<(second: Int64, text: String)>((.min, ""))

    func text(at moment: Instant) -> String {
        written.withLock { written in
            if written.second != moment.secondsSinceEpoch {
                written = (moment.secondsSinceEpoch, HTTPDate(moment).text)
            }
            return written.text
        }
    }
}
