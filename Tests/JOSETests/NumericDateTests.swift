import JOSE
import Primitives
import Testing

struct NumericDateTests {
    @Test(arguments: [
        ("0", 0), ("1683000000", 1_683_000_000_000), ("1683000000.5", 1_683_000_000_500),
        ("1683000000.1239", 1_683_000_000_123), ("253402300799", 253_402_300_799_000),
    ])
    func `seconds are read to milliseconds`(digits: String, milliseconds: Int64) {
        #expect(NumericDate.read(.number(digits)) == Instant(millisecondsSinceEpoch: milliseconds))
    }

    @Test(arguments: ["-1", "253402300800", "1e9", "1.5e3", "99999999999999999999"])
    func `moments outside the calendar and exponents are refused`(digits: String) {
        #expect(NumericDate.read(.number(digits)) == nil)
    }

    @Test func `what is no number is refused`() {
        for value in [JSONValue.string("1683000000"), .null, .bool(true), .array([.number("1")])] {
            #expect(NumericDate.read(value) == nil)
        }
        #expect(NumericDate.read(nil) == nil)
    }

    @Test func `a moment is written in whole seconds`() {
        #expect(NumericDate.value(Instant(millisecondsSinceEpoch: 1999)) == .number("1"))
    }
}
