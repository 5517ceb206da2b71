import COpenSSL
import Primitives

/// HMAC-SHA-256 (RFC 2104) under one key, set up once: looking the algorithm up costs more than a short message does.
///
/// `@unchecked Sendable`: the context is only ever copied from, and copying reads it without change.
@safe final class PreparedHMAC: @unchecked Sendable {
    private let template: OpaquePointer

    init(key: [UInt8]) {
        let context = unsafe EVP_MAC_CTX_new(MACMethod.shared.pointer)
        guard let context = unsafe context, unsafe PreparedHMAC.setUp(context, key) else {
            // Only lack of memory comes here, and there is no going on without the key.
            Unrecoverable.stop("HMAC cannot be set up")
        }
        unsafe template = context
    }

    deinit {
        unsafe EVP_MAC_CTX_free(template)
    }

    private static func setUp(_ context: OpaquePointer, _ key: [UInt8]) -> Bool {
        var hash = Array("SHA2-256".utf8.map { CChar(bitPattern: $0) }) + [0]
        return unsafe hash.withUnsafeMutableBufferPointer { hash in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_init(context, key, key.count, parameters) == 1
        }
    }

    func value(of message: [UInt8]) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: 32)
        var count = 0
        guard let context = unsafe EVP_MAC_CTX_dup(template) else { Unrecoverable.stop("HMAC failed") }
        defer { unsafe EVP_MAC_CTX_free(context) }
        guard unsafe EVP_MAC_update(context, message, message.count) == 1,
            unsafe EVP_MAC_final(context, &value, &count, value.count) == 1, count == value.count
        else {
            // Only lack of memory comes here, and an invented key or look-up value must never be used.
            Unrecoverable.stop("HMAC failed")
        }
        return value
    }
}

/// HMAC, looked up once.
///
/// `@unchecked Sendable`: never written after the fetch and never freed.
@safe private struct MACMethod: @unchecked Sendable {
    let pointer: OpaquePointer

    static let shared = MACMethod()

    private init() {
        guard let method = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            Unrecoverable.stop("OpenSSL was built without HMAC")
        }
        unsafe pointer = method
    }
}
