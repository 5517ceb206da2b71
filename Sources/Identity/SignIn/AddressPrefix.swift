/// The part of an address that one attacker holds: 24 bits of IPv4, 56 of IPv6.
enum AddressPrefix {
    /// A text that is equal for addresses of one prefix; what is no address stands for itself.
    static func text(of address: String) -> String {
        if let bytes = version4(address[...]) { return text(version4: bytes) }
        guard let bytes = version6(address) else { return String(address.prefix(64)) }
        // An IPv4 address in IPv6's clothes (RFC 4291 §2.5.5.2).
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return text(version4: Array(bytes[12...]))
        }
        return "6:" + bytes[..<7].map(String.init).joined(separator: ".")
    }

    private static func text(version4 bytes: [UInt8]) -> String {
        "4:" + bytes.prefix(3).map(String.init).joined(separator: ".")
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// RFC 4291 §2.2; a zone (`%eth0`) is cut off.
    private static func version6(_ address: String) -> [UInt8]? {
        let text = address.prefix { $0 != "%" }
        guard text.utf8.count <= 45 else { return nil }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = text.firstRange(ofText: "::") else {
            return groups(halves).flatMap { $0.count == 16 ? $0 : nil }
        }
        guard let before = half(text[..<gap.lowerBound]), let after = half(text[gap.upperBound...]),
            before.count + after.count <= 14
        else { return nil }
        return before + [UInt8](repeating: 0, count: 16 - before.count - after.count) + after
    }

    private static func half(_ text: Substring) -> [UInt8]? {
        text.isEmpty ? [] : groups(text.split(separator: ":", omittingEmptySubsequences: false))
    }

    private static func groups(_ parts: [Substring]) -> [UInt8]? {
        guard parts.count <= 8 else { return nil }
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let tail = version4(part) {
                bytes += tail
            } else {
                guard part.utf8.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }
}

extension Substring {
    /// The first place of an ASCII text.
    fileprivate func firstRange(ofText text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
