extension Reader where Output == Int64 {
    private static var units: [(letter: Character, seconds: Int64)] {
        [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
    }

    /// A time such as `30m`, in seconds; both ends of `range` included.
    static func duration(in range: ClosedRange<Int64>) -> Reader {
        let bounds = "from \(range.lowerBound.asDuration) to \(range.upperBound.asDuration)"
        return scalar("a time \(bounds), for example `60s`, `30m`, `12h` or `30d`") { text, _ throws(Misreading) in
            guard let unit = units.first(where: { $0.letter == text.last }), text.utf8.count <= 12 else {
                let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                guard isNumber else { throw Misreading() }
                throw Misreading("`\(text.shortened)` has no unit: write `\(text.shortened)s` for seconds, or m, h, d")
            }
            let digits = text.dropLast()
            let isWhole = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isWhole, let number = Int64(digits) else { throw Misreading() }
            let (seconds, overflow) = number.multipliedReportingOverflow(by: unit.seconds)
            guard !overflow, range.contains(seconds) else {
                throw Misreading("`\(text.shortened)` is out of bounds: expected a time \(bounds)")
            }
            return seconds
        }
    }
}

extension Int64 {
    /// Seconds as a policy file writes them, in the largest unit that leaves no rest.
    var asDuration: String {
        for (letter, seconds) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where self != 0 && self % seconds == 0 {
            return "\(self / seconds)\(letter)"
        }
        return "\(self)s"
    }
}
