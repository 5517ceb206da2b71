import Hummingbird
import NIOCore
import Synchronization

/// Bodies on their way in: how many at once, of one sender too, and how much memory they take. Reading is no work, so that
/// slow senders keep nobody from the work itself.
final class UploadBudget: Sendable {
    private struct Held {
        var uploads = 0
        var bytes = 0
        /// By sender; one without uploads is not in it.
        var senders: [String: Int] = [:]
    }

    private let limit: Int
    private let perSender: Int
    private let bytes: Int
    private let held = Mutex(Held())

    /// - Parameters:
    ///   - perSender: uploads of one sender at once.
    ///   - bytes: of all bodies together that have not come whole yet.
    init(limit: Int = 64, perSender: Int = 8, bytes: Int = 512 << 20) {
        (self.limit, self.perSender, self.bytes) = (limit, perSender, bytes)
    }

    /// The whole body.
    ///
    /// - Throws: a busy problem; `NIOTooManyBytesError` beyond `size`; what the connection throws.
    func collect(_ body: RequestBody, upTo size: Int, from sender: String) async throws -> ByteBuffer {
        guard begin(sender) else { throw Problem.busy(retryAfter: 1) }
        var whole = ByteBuffer()
        defer { end(sender, bytes: whole.readableBytes) }
        for try await var part in body {
            let length = part.readableBytes
            guard whole.readableBytes + length <= size else { throw NIOTooManyBytesError(maxBytes: size) }
            guard take(length) else { throw Problem.busy(retryAfter: 1) }
            whole.writeBuffer(&part)
        }
        return whole
    }

    private func begin(_ sender: String) -> Bool {
        held.withLock { held in
            guard held.uploads < limit, held.senders[sender, default: 0] < perSender else { return false }
            held.uploads += 1
            held.senders[sender, default: 0] += 1
            return true
        }
    }

    private func take(_ length: Int) -> Bool {
        held.withLock { held in
            guard held.bytes + length <= bytes else { return false }
            held.bytes += length
            return true
        }
    }

    private func end(_ sender: String, bytes: Int) {
        held.withLock { held in
            held.uploads -= 1
            held.bytes -= bytes
            let left = held.senders[sender, default: 1] - 1
            held.senders[sender] = left > 0 ? left : nil
        }
    }
}
