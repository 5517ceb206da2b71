import Primitives

/// Writes DER (X.690 §10) for certificates and revocation lists.
enum DER {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        guard count >= 0x80 else { return [tag, UInt8(truncatingIfNeeded: count)] + content }
        let digits = (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }.drop { $0 == 0 }
        return [tag, 0x80 | UInt8(truncatingIfNeeded: digits.count)] + digits + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }
    static func sequence(of parts: [[UInt8]]) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }
    static func set(_ part: [UInt8]) -> [UInt8] { value(0x31, part) }
    static func octets(_ content: [UInt8]) -> [UInt8] { value(0x04, content) }
    static func bits(_ content: [UInt8]) -> [UInt8] { value(0x03, [0] + content) }
    static func boolean(_ isTrue: Bool) -> [UInt8] { value(0x01, [isTrue ? 0xFF : 0]) }
    static func utf8(_ text: String) -> [UInt8] { value(0x0C, Array(text.utf8)) }
    static func printable(_ text: String) -> [UInt8] { value(0x13, Array(text.utf8)) }
    static let null: [UInt8] = [0x05, 0x00]

    /// A constructed value with a context tag.
    static func explicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { value(0xA0 | number, content) }
    /// A primitive value with a context tag in place of its own.
    static func implicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { value(0x80 | number, content) }

    /// A number that is not negative, from its big-endian bytes.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        guard let first = digits.first else { return [0x02, 1, 0] }
        return value(0x02, first < 0x80 ? digits : [0] + digits)
    }

    static func integer(_ number: UInt64) -> [UInt8] {
        integer((0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }

    /// A BIT STRING whose bits have names (X.690 §11.2.2: no zero bits at the end).
    static func namedBits(_ numbers: [UInt8]) -> [UInt8] {
        let last = numbers.max() ?? 0
        var bytes = [UInt8](repeating: 0, count: Int(last / 8) + 1)
        for number in numbers { bytes[Int(number / 8)] |= 0x80 >> (number % 8) }
        return value(0x03, [7 - last % 8] + bytes)
    }

    /// From dotted text; the first arc is 0 to 2.
    static func oid(_ dotted: String) -> [UInt8] {
        let arcs = dotted.split(separator: ".").compactMap { UInt64($0) }
        var content: [UInt8] = []
        for arc in [arcs.prefix(2).reduce(0) { $0 * 40 + $1 }] + arcs.dropFirst(2) {
            let groups = (0..<9).reversed().map { UInt8(truncatingIfNeeded: arc >> (7 * $0) & 0x7F) }
            let digits = Array(groups.dropLast().drop { $0 == 0 })
            content += digits.map { $0 | 0x80 } + groups.suffix(1)
        }
        return value(0x06, content)
    }

    /// UTCTime through 2049, then GeneralizedTime (RFC 5280 §4.1.2.5).
    static func time(_ instant: Instant) -> [UInt8] {
        let (date, time) = (instant.date, instant.timeOfDay)
        let rest = [date.month, date.day, time.hour, time.minute, time.second].map { $0.padded(2) }.joined() + "Z"
        guard (1950..<2050).contains(date.year) else {
            return value(0x18, Array((date.year.padded(4) + rest).utf8))
        }
        return value(0x17, Array(((date.year % 100).padded(2) + rest).utf8))
    }
}
