extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC to whole seconds: `2026-11-22T08:00:00Z`.
    package var description: String { String(decoding: secondsText + [UInt8(ascii: "Z")], as: UTF8.self) }

    /// RFC 3339 in UTC with milliseconds: `2026-11-22T08:00:00.070Z`; what precedes 1970 is given as a whole second.
    package var millisecondsText: String {
        var text = secondsText
        text.append(UInt8(ascii: "."))
        Instant.append(Int(max(0, millisecondsSinceEpoch % 1000)), width: 3, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    private var secondsText: [UInt8] {
        let (date, time) = (date, timeOfDay)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Instant.append(date.year, width: 4, to: &text)
        Instant.append("-", date.month, to: &text)
        Instant.append("-", date.day, to: &text)
        Instant.append("T", time.hour, to: &text)
        Instant.append(":", time.minute, to: &text)
        Instant.append(":", time.second, to: &text)
        return text
    }

    private static func append(_ mark: Unicode.Scalar, _ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: mark))
        append(number, width: 2, to: &text)
    }

    /// The last `width` digits of a number that is not negative.
    private static func append(_ number: Int, width: Int, to text: inout [UInt8]) {
        var divisor = width == 4 ? 1000 : (width == 3 ? 100 : 10)
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Reads RFC 3339 with `Z` or a numeric offset; a fraction is read to milliseconds. `nil` when it is anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Instant.number(bytes[11..<13]), hour < 24,
            let minute = Instant.number(bytes[14..<16]), minute < 60,
            let second = Instant.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var milliseconds = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            let three = (Array(digits.prefix(3)) + [0x30, 0x30]).prefix(3)
            milliseconds = Instant.number(three) ?? 0
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = Instant.offset(rest) else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(millisecondsSinceEpoch: seconds * 1000 + Int64(milliseconds))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(Int?.some(0)) { sum, digit in
            guard let sum, (0x30...0x39).contains(digit) else { return nil }
            return sum * 10 + Int(digit - 0x30)
        }
    }

    /// Seconds east of UTC.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(text)
        if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]), hours < 24,
            let minutes = number(bytes[4..<6]), minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }
}

extension BinaryInteger {
    /// Decimal digits with leading zeros up to `width`; a longer number is printed whole.
    package func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
