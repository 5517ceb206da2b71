import Primitives

/// When a document was signed, and how that is known.
enum SigningTime: Hashable, Sendable {
    /// By a time-stamp of a trusted authority.
    case proven(Instant)
    /// By the signer's own word.
    case claimed(Instant)
    case unknown

    var instant: Instant? {
        switch self {
        case .proven(let instant), .claimed(let instant): instant
        case .unknown: nil
        }
    }

    var proven: Instant? {
        if case .proven(let instant) = self { instant } else { nil }
    }

    var source: String {
        switch self {
        case .proven: "timestamp"
        case .claimed: "claimed"
        case .unknown: "none"
        }
    }

    /// The claim in a signature dictionary (`M`, ISO 32000-2 §7.9.4): whole to the second, or it counts for nothing.
    init(claimed text: String?) {
        guard let text, let instant = SigningTime.instant(text) else {
            self = .unknown
            return
        }
        self = .claimed(instant)
    }

    private static func instant(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 24, bytes.starts(with: Array("D:".utf8)) else { return nil }
        let digits = bytes.dropFirst(2).prefix { (0x30...0x39).contains($0) }
        guard digits.count == 14 else { return nil }
        let parts = [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2)].map { start, count in
            String(decoding: digits.dropFirst(start).prefix(count), as: UTF8.self)
        }
        let day = parts[..<3].joined(separator: "-")
        let time = parts[3...].joined(separator: ":")
        var offset = String(decoding: bytes.dropFirst(16), as: UTF8.self).split(separator: "'").joined(separator: ":")
        if offset.isEmpty || offset.hasPrefix("Z") { offset = "Z" }
        return Instant("\(day)T\(time)\(offset)")
    }
}
