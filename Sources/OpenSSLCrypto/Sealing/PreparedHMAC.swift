import COpenSSL
import Primitives
import Synchronization

/// HMAC-SHA-256 (RFC 2104) under one key, set up once: looking the algorithm up costs more than a short message does.
///
/// `@unchecked Sendable`: a context is used by one thread at a time, and the template is only ever copied from, which reads
/// it without change.
@safe final class PreparedHMAC: @unchecked Sendable {
    private let template: OpaquePointer
    private let idle = unsafe IdleContexts(free: { unsafe EVP_MAC_CTX_free($0) })

    init(key: [UInt8]) {
        let context = unsafe EVP_MAC_CTX_new(MACMethod.shared.pointer)
        guard let context = unsafe context, unsafe chancery_hmac_sha256(context, key, key.count) == 1 else {
            // Only lack of memory comes here, and there is no going on without the key.
            Unrecoverable.stop("HMAC cannot be set up")
        }
        unsafe template = context
        // The first releases of OpenSSL 3.0 did not begin again under the same key; a wrong value must never be used.
        guard value(of: [0]) == value(of: [0]) else { Unrecoverable.stop("HMAC does not begin again: update OpenSSL") }
    }

    deinit {
        unsafe EVP_MAC_CTX_free(template)
    }

    func value(of message: [UInt8]) -> [UInt8] {
        guard let context = unsafe idle.take() ?? EVP_MAC_CTX_dup(template) else { Unrecoverable.stop("HMAC failed") }
        let value = unsafe try? [UInt8](filling: 32) { value throws(OpenSSLError) in
            var count = 0
            try OpenSSLError.check(unsafe EVP_MAC_update(context, message, message.count), "HMAC")
            try OpenSSLError.check(unsafe EVP_MAC_final(context, value.baseAddress, &count, value.count), "HMAC")
            // Begun again under the same key: what waits knows nothing of the message.
            try OpenSSLError.check(unsafe EVP_MAC_init(context, nil, 0, nil), "HMAC")
            return count
        }
        guard let value, value.count == 32 else {
            // Only lack of memory comes here, and an invented key or look-up value must never be used.
            Unrecoverable.stop("HMAC failed")
        }
        unsafe idle.putBack(context)
        return value
    }
}

/// HMAC under keys that are themselves HMACs of a purpose: one set up for each purpose, of which the program has a few.
final class PurposeHMACs: Sendable {
    private let master: PreparedHMAC
    private let prepared = Mutex<[String: PreparedHMAC]>([:])

    init(_ master: PreparedHMAC) {
        self.master = master
    }

    func value(of message: [UInt8], purpose: String) -> [UInt8] {
        prepared.withLock { prepared in
            if let known = prepared[purpose] { return known }
            let new = PreparedHMAC(key: master.value(of: Array(purpose.utf8)))
            prepared[purpose] = new
            return new
        }.value(of: message)
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
