import NIOCore
import Synchronization

/// Buffers for the bytes of an answer, used again: a block as large as an answer costs malloc much, and is free again when the
/// socket has taken it.
final class AnswerBuffers: Sendable {
    /// More loops than this never need one at once for long.
    private static let capacity = 4
    /// What has grown beyond is not kept.
    private static let largest = 16 << 10

    private let idle = Mutex<[ByteBuffer]>([])

    /// Gives `body` an empty buffer. What it sends and is not taken by the socket keeps the block.
    func with(_ body: (inout ByteBuffer) -> Void) {
        var buffer = idle.withLock { $0.popLast() } ?? ByteBuffer()
        body(&buffer)
        guard buffer.capacity <= AnswerBuffers.largest else { return }
        buffer.clear()
        idle.withLock { [buffer] idle in
            if idle.count < AnswerBuffers.capacity { idle.append(buffer) }
        }
    }
}
