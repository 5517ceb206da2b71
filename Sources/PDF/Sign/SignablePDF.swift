import Primitives

/// Places in a file that are filled in when the file is whole.
struct SignatureSlots: Hashable, Sendable {
    /// `[…]`
    var byteRange: Range<Int>
    /// `<…>`
    var contents: Range<Int>

    /// Four numbers of ten digits, so that filling them in moves nothing.
    static func byteRangeText(_ numbers: [Int]) -> [UInt8] {
        Array("[\(numbers.map { $0.padded(10) }.joined(separator: " "))]".utf8)
    }
}

/// A file complete but for the value of one signature.
package struct SignablePDF: Sendable {
    /// With the final `ByteRange` and `Contents` of zeros.
    package let bytes: [UInt8]
    /// Offset and length of the part before `Contents`, and of the part after it.
    package let byteRange: [Int]
    private let contents: Range<Int>

    init(_ unfinished: [UInt8], slots: SignatureSlots) {
        byteRange = [
            0, slots.contents.lowerBound, slots.contents.upperBound, unfinished.count - slots.contents.upperBound,
        ]
        var bytes = unfinished
        bytes.replaceSubrange(slots.byteRange, with: SignatureSlots.byteRangeText(byteRange))
        (self.bytes, contents) = (bytes, slots.contents)
    }

    /// What the signature covers, in order.
    package var signedParts: [ArraySlice<UInt8>] {
        [bytes[..<contents.lowerBound], bytes[contents.upperBound...]]
    }

    /// The finished file.
    /// - Parameter cms: DER SignedData, or a time-stamp token for a document time-stamp.
    /// - Throws: `draft` when it is empty or does not fit the reserved space.
    package func embedding(_ cms: [UInt8]) throws(PDFFault) -> [UInt8] {
        guard !cms.isEmpty, cms.count * 2 <= contents.count - 2 else {
            throw .draft("the signature does not fit the reserved space")
        }
        var digits: [UInt8] = []
        digits.reserveCapacity(cms.count * 2)
        for byte in cms { PDFSerializer.appendHexadecimal(byte, to: &digits) }
        var signed = bytes
        signed.replaceSubrange(contents.lowerBound + 1..<contents.lowerBound + 1 + digits.count, with: digits)
        return signed
    }
}
