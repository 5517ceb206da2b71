import Primitives

/// Dates (ISO 32000-2 §7.9.4).
enum PDFDate {
    /// `D:YYYYMMDDHHmmSSZ`, UTC.
    static func text(_ instant: Instant) -> String {
        let (date, time) = (instant.date, instant.timeOfDay)
        return "D:\(date.year.padded(4))\(date.month.padded(2))\(date.day.padded(2))"
            + "\(time.hour.padded(2))\(time.minute.padded(2))\(time.second.padded(2))Z"
    }

    /// Reads a date with at least the day; without an offset it is taken as UTC. `nil` for anything else.
    static func read(_ text: String) -> Instant? {
        var rest = Array(text.utf8)[...]
        guard rest.starts(with: Array("D:".utf8)) else { return nil }
        rest = rest.dropFirst(2)
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.count >= 8, digits.count <= 14, digits.count % 2 == 0 else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = Array(digits) + [UInt8](repeating: 0x30, count: 14 - digits.count)
        let numbers = [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2)].map { start, count in
            padded[start..<start + count].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60, let offset = offset(rest)
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5] - offset
        return Instant(secondsSinceEpoch: Int64(seconds))
    }

    /// Seconds east of UTC of `Z`, `+HH'mm` and their older spellings.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        guard let sign = text.first else { return 0 }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: "'") }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), [0, 2, 4].contains(digits.count) else { return nil }
        let padded = digits + [UInt8](repeating: 0x30, count: 4 - digits.count)
        let number = padded.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let seconds = number / 100 * 3600 + number % 100 * 60
        switch sign {
        case UInt8(ascii: "+"): return seconds
        case UInt8(ascii: "-"): return -seconds
        case UInt8(ascii: "Z"): return number == 0 ? 0 : nil
        default: return nil
        }
    }
}
