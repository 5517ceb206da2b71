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

    /// Whether `text` stands at `index`.
    package static func stands(_ text: String, in bytes: [UInt8], at index: Int) -> Bool {
        unsafe text.withBytes { text in
            unsafe bytes.withUnsafeBytes { buffer in
                guard index >= 0, buffer.count - index >= text.count, let start = buffer.baseAddress,
                    let expected = text.baseAddress
                else { return false }
                return unsafe memcmp(start + index, expected, text.count) == 0
            }
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
        guard bytes.count >= 16 else {
            var block = Block(repeating: filler)
            unsafe withUnsafeMutableBytes(of: &block) { unsafe $0.copyMemory(from: bytes) }
            return any(marked(block))
        }
        for offset in stride(from: 0, to: bytes.count - 16, by: 16) {
            if any(marked(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Block.self))) { return true }
        }
        // The last block may lie over the one before.
        return any(marked(unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 16, as: Block.self)))
    }
}
