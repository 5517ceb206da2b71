extension String {
    /// Gives `body` the UTF-8. Native strings stand in memory as that and are neither copied nor held for it.
    @inline(__always)
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = unsafe utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
    }

    /// Whether both are written with the same bytes, which is more than being the same to Unicode.
    package func hasSameBytes(as other: String) -> Bool {
        unsafe withBytes { one in
            unsafe other.withBytes { two in unsafe one.count == two.count && one.elementsEqual(two) }
        }
    }
}
