import COpenSSL

/// Looks into a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
enum SubjectPublicKey {
    /// The content of the key's BIT STRING without the count of unused bits; `nil` for anything else.
    static func bits(of info: [UInt8]) -> [UInt8]? {
        defer { OpenSSLError.clear() }
        var cursor: UnsafePointer<UInt8>?
        return unsafe info.withUnsafeBufferPointer { buffer in
            unsafe cursor = buffer.baseAddress
            guard let key = unsafe d2i_X509_PUBKEY(nil, &cursor, buffer.count) else { return nil }
            defer { unsafe X509_PUBKEY_free(key) }
            var start: UnsafePointer<UInt8>?
            var count: Int32 = 0
            guard unsafe X509_PUBKEY_get0_param(nil, &start, &count, nil, key) == 1, let start = unsafe start else {
                return nil
            }
            return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
        }
    }
}
