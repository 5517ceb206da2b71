import NIOCore
import Synchronization

/// Buffers for the bytes of an answer, used again: a block as large as an answer costs malloc much, and is free again when the
/// socket has taken it.
final class AnswerBuffers: Sendable {
    /// More answers than this seldom wait to be sent at once.
    private static let capacity = 32
    /// What has grown beyond is not kept.
    private static let largest = 8 << 10

    private let idle = Mutex<[ByteBuffer]>([])

    /// An empty buffer.
    func take() -> ByteBuffer {
        idle.withLock { $0.popLast() } ?? ByteBuffer()
    }

    /// What the socket has not taken yet keeps its block, and the buffer gets another.
    func giveBack(_ buffer: consuming ByteBuffer) {
        guard buffer.capacity <= AnswerBuffers.largest else { return }
        buffer.clear()
        idle.withLock { [buffer] idle in
            if idle.count < AnswerBuffers.capacity { idle.append(buffer) }
        }
    }
}
