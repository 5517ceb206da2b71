import Synchronization

/// Draws from another source in blocks, for salts and nonces: they are short and many, and a draw costs much the same
/// however long it is. Each byte is given out once and erased here.
package final class BlockRandomness: Randomness {
    private struct Block {
        var bytes: [UInt8] = []
        var used = 0
    }

    private static let length = 4_096
    /// What is longer is drawn for itself.
    private static let longest = 64

    private let source: any Randomness
    private let block = Mutex(Block())

    package init(_ source: any Randomness) {
        self.source = source
    }

    package func bytes(_ count: Int) -> [UInt8] {
        guard (1...BlockRandomness.longest).contains(count) else { return source.bytes(count) }
        return block.withLock { block in
            if block.bytes.count - block.used < count {
                block = Block(bytes: source.bytes(BlockRandomness.length))
            }
            let range = block.used..<(block.used + count)
            let taken = Array(block.bytes[range])
            for index in range { block.bytes[index] = 0 }
            block.used = range.upperBound
            return taken
        }
    }
}
