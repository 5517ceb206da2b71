import CZlib

/// The zlib container (RFC 1950), as PDF's FlateDecode and the Token Status List use it.
package enum Zlib {
    /// Compresses at the library's best level.
    package static func compress(_ bytes: [UInt8], level: Int32 = 9) -> [UInt8] {
        unsafe run(
            bytes, limit: Int.max, begin: { unsafe chancery_deflate_init($0, level, 15) },
            step: { unsafe deflate($0, Z_FINISH) }, end: { _ = unsafe deflateEnd($0) })?.bytes ?? []
    }

    /// Decompresses one zlib stream that must end within `bytes`; `nil` when it is malformed, cut off, or would be longer than `limit` bytes.
    /// `allowingTrailingBytes` permits bytes after the stream's end (PDF streams end with a line break).
    package static func decompress(
        _ bytes: [UInt8], limit: Int, allowingTrailingBytes: Bool = false
    ) -> [UInt8]? {
        let result = unsafe run(
            bytes, limit: limit, begin: { unsafe chancery_inflate_init($0, 15) },
            step: { unsafe inflate($0, Z_NO_FLUSH) }, end: { _ = unsafe inflateEnd($0) })
        guard let result, allowingTrailingBytes || result.unread == 0 else { return nil }
        return result.bytes
    }

    private static func run(
        _ input: [UInt8], limit: Int, begin: (UnsafeMutablePointer<z_stream>) -> Int32,
        step: (UnsafeMutablePointer<z_stream>) -> Int32, end: (UnsafeMutablePointer<z_stream>) -> Void
    ) -> (bytes: [UInt8], unread: Int)? {
        var stream = unsafe z_stream()
        guard unsafe begin(&stream) == Z_OK else { return nil }
        defer { unsafe end(&stream) }
        var source = input
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(max(input.count, 4096), 65_536))
        return unsafe source.withUnsafeMutableBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(clamping: source.count)
            while true {
                let size = chunk.count
                let status = unsafe chunk.withUnsafeMutableBufferPointer { chunk in
                    unsafe stream.next_out = chunk.baseAddress
                    unsafe stream.avail_out = UInt32(clamping: size)
                    return unsafe step(&stream)
                }
                let produced = unsafe size - Int(stream.avail_out)
                guard produced <= limit - output.count else { return nil }
                output += chunk[..<produced]
                if status == Z_STREAM_END { return unsafe (output, Int(stream.avail_in)) }
                // Z_BUF_ERROR without progress means that the input ends too early.
                guard status == Z_OK, unsafe produced > 0 || stream.avail_in > 0 else { return nil }
            }
        }
    }
}
