/// Writes DER values under 64 KiB.
enum DERWriter {
    static func value(_ tag: DERTag, _ content: [UInt8]) -> [UInt8] {
        [tag.rawValue] + length(content.count) + content
    }

    /// `magnitude` without leading zeros; empty for zero.
    static func unsignedInteger(_ magnitude: ArraySlice<UInt8>) -> [UInt8] {
        let needsSign = (magnitude.first ?? 0x80) >= 0x80
        return value(.integer, (needsSign ? [0] : []) + magnitude)
    }

    private static func length(_ count: Int) -> [UInt8] {
        switch count {
        case ..<0x80: [UInt8(truncatingIfNeeded: count)]
        case ..<0x100: [0x81, UInt8(truncatingIfNeeded: count)]
        default: [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        }
    }
}
