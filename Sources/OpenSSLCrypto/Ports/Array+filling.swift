extension [UInt8] {
    /// What `write` puts into room for `count` bytes, of which it tells how many it used: for short results, since an array made
    /// of zeros first takes the library several times as long.
    init(
        filling count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) throws(OpenSSLError) -> Int
    ) throws(OpenSSLError) {
        let result = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
            Result { () throws(OpenSSLError) in
                let used = unsafe try write(room)
                return unsafe Array(room.prefix(Swift.min(used, count)))
            }
        }
        self = try result.get()
    }
}
