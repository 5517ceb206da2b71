/// Small changes to a finished file.
extension [UInt8] {
    func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }

    /// The first `old` replaced.
    func replacing(_ old: String, with new: String) -> [UInt8] {
        guard let range = firstRange(of: Array(old.utf8)) else { return [] }
        return self[..<range.lowerBound] + Array(new.utf8) + self[range.upperBound...]
    }

    /// The last `old` replaced.
    func replacingLast(_ old: String, with new: String) -> [UInt8] {
        guard let range = ranges(of: Array(old.utf8)).last else { return [] }
        return self[..<range.lowerBound] + Array(new.utf8) + self[range.upperBound...]
    }

    /// One bit changed in the byte at `offset`.
    func flipped(at offset: Int) -> [UInt8] {
        var bytes = self
        bytes[offset] ^= 1
        return bytes
    }

    /// The four numbers of the first `/ByteRange`, changed in place: the file keeps its length.
    func changingByteRange(_ change: (inout [Int]) -> Void) -> [UInt8] {
        guard let start = firstRange(of: Array("/ByteRange [".utf8))?.upperBound else { return [] }
        let text = String(decoding: self[start...].prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self)
        var numbers = text.split(separator: " ").compactMap { Int($0) }
        change(&numbers)
        let padded = numbers.map { number in
            let digits = String(Swift.max(0, number))
            return String(repeating: "0", count: 10 - digits.count) + digits
        }
        return self[..<start] + Array(padded.joined(separator: " ").utf8) + self[(start + text.utf8.count)...]
    }
}
