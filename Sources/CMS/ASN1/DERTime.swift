import Primitives
import SwiftASN1

/// `Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }` (RFC 5652 §11.3).
struct DERTime: DERParseable, Hashable, Sendable {
    let instant: Instant

    init(derEncoded node: ASN1Node) throws {
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            instant = try DERTime.instant(
                (time.year, time.month, time.day), (time.hours, time.minutes, time.seconds), fraction: [])
        } else {
            let time = try GeneralizedTime(derEncoded: node)
            instant = try DERTime.instant(
                (time.year, time.month, time.day), (time.hours, time.minutes, time.seconds),
                fraction: time.rawFractionalSeconds)
        }
    }

    /// - Parameter fraction: decimal digits behind the point; those beyond milliseconds are cut off.
    private static func instant(
        _ day: (year: Int, month: Int, day: Int), _ time: (hour: Int, minute: Int, second: Int),
        fraction: ArraySlice<UInt8>
    ) throws -> Instant {
        // A leap second counts as the first second after it.
        guard let date = CalendarDate(year: day.year, month: day.month, day: day.day), time.second <= 60 else {
            throw CMSFault.malformed("a time that does not exist")
        }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.hour * 3600 + time.minute * 60 + time.second)
        let digits = (Array(fraction.prefix(3)) + [0x30, 0x30, 0x30]).prefix(3)
        let milliseconds = digits.reduce(Int64(0)) { $0 * 10 + Int64($1) - 0x30 }
        return Instant(millisecondsSinceEpoch: seconds * 1000 + milliseconds)
    }
}

extension GeneralizedTime {
    /// `instant` in whole seconds, rounded towards the past.
    init(_ instant: Instant) throws {
        let (date, time) = (instant.date, instant.timeOfDay)
        try self.init(
            year: date.year, month: date.month, day: date.day, hours: time.hour, minutes: time.minute,
            seconds: time.second, fractionalSeconds: 0)
    }
}
