/// Text that grows at its end: an array looks whether it is alone and has room for every piece, which for short ones takes
/// longer than the piece itself.
@safe package struct ByteText: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var room: Int
    package private(set) var count = 0

    /// - Parameter capacity: bytes to make room for at once.
    package init(capacity: Int) {
        room = max(capacity, 16)
        unsafe start = .allocate(capacity: room)
    }

    deinit {
        unsafe start.deallocate()
    }

    package var bytes: [UInt8] { unsafe withBytes { unsafe Array($0) } }

    package var last: UInt8? { count == 0 ? nil : unsafe start[count - 1] }

    /// - Parameter body: must not keep the buffer.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(start: start, count: count))
    }

    package mutating func append(_ byte: UInt8) {
        if count == room { grow(1) }
        unsafe start[count] = byte
        count += 1
    }

    package mutating func append(_ text: String) {
        unsafe text.withBytes { unsafe append($0) }
    }

    package mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
        guard let first = piece.baseAddress else { return }
        if room - count < piece.count { grow(piece.count) }
        unsafe (start + count).update(from: first, count: piece.count)
        count += piece.count
    }

    private mutating func grow(_ more: Int) {
        let larger = max(room * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe (start, room) = (moved, larger)
    }
}
