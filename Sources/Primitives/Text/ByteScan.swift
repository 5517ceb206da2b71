import Glibc

/// Looks through bytes many at once: tokens and documents are long, and are gone through with every request.
package enum ByteScan {
    package typealias Block = SIMD16<UInt8>

    /// A byte that no search marks; fills up the last block.
    private static let filler = UInt8(ascii: "a")

    package static func firstIndex(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return Int?.none }
            let found = unsafe memchr(start, Int32(byte), buffer.count)
            return unsafe found.map { unsafe bytes.startIndex + (UnsafeRawPointer($0) - start) }
        }
    }

    /// Whether there is a byte that `marked` marks.
    ///
    /// - Parameter marked: of each byte of a block by itself; never a lower-case letter.
    @inline(__always)
    package static func contains(
        in bytes: ArraySlice<UInt8>, _ marked: (Block) -> SIMDMask<Block.MaskStorage>
    ) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe contains(in: $0, marked) }
    }

    @inline(__always)
    package static func contains(
        in bytes: UnsafeRawBufferPointer, _ marked: (Block) -> SIMDMask<Block.MaskStorage>
    ) -> Bool {
        let whole = bytes.count / 16 * 16
        for offset in stride(from: 0, to: whole, by: 16) {
            if any(marked(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Block.self))) { return true }
        }
        var last = Block(repeating: filler)
        for offset in whole..<bytes.count { last[offset - whole] = unsafe bytes[offset] }
        return whole < bytes.count && any(marked(last))
    }
}
