import CHarfBuzz

/// Why a font program is not as it must be.
struct FontFault: Error, Hashable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// Bytes of a font, often mapped from its file; every read is checked against their end.
///
/// `@unchecked Sendable`: the blob is never changed.
@safe final class FontTable: @unchecked Sendable {
    private let blob: OpaquePointer
    private let base: UnsafeRawBufferPointer

    var count: Int { unsafe base.count }

    /// Takes over the blob.
    init(owning blob: OpaquePointer) {
        var length: UInt32 = 0
        let data = unsafe hb_blob_get_data(blob, &length)
        unsafe self.blob = blob
        unsafe base = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : Int(length))
    }

    convenience init(copying bytes: [UInt8]) {
        let blob = unsafe bytes.withUnsafeBytes { bytes in
            unsafe hb_blob_create(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(clamping: bytes.count),
                HB_MEMORY_MODE_DUPLICATE, nil, nil)
        }
        // HarfBuzz answers with its empty blob where memory is short, never with nothing.
        unsafe self.init(owning: blob ?? hb_blob_get_empty())
    }

    deinit {
        unsafe hb_blob_destroy(blob)
    }

    func byte(_ offset: Int) throws(FontFault) -> UInt8 {
        guard unsafe base.indices.contains(offset) else { throw FontFault("ends too early") }
        return unsafe base[offset]
    }

    /// A big-endian number of one to four bytes.
    func number(_ offset: Int, size: Int) throws(FontFault) -> Int {
        var value = 0
        for index in 0..<size { value = value << 8 | Int(try byte(offset + index)) }
        return value
    }

    func bytes(_ range: Range<Int>) throws(FontFault) -> [UInt8] {
        guard range.lowerBound >= 0, unsafe range.upperBound <= base.count else { throw FontFault("ends too early") }
        return unsafe [UInt8](base[range])
    }
}
