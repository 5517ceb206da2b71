import COpenSSL

/// Bytes that an `i2d_…` function writes.
enum DEREncoding {
    typealias Output = UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>

    /// Lets `write` allocate and fill a buffer, copies it and frees it.
    static func bytes(_ operation: String, _ write: (Output) -> Int32) throws(OpenSSLError) -> [UInt8] {
        var buffer: UnsafeMutablePointer<UInt8>?
        let count = unsafe withUnsafeMutablePointer(to: &buffer) { unsafe write($0) }
        guard count > 0, let start = unsafe buffer else { throw OpenSSLError.drained(operation) }
        defer { unsafe chancery_free(start) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
