import COpenSSL
import Identity
import Primitives

/// scrypt (RFC 7914) by OpenSSL's EVP_KDF, looked up once.
///
/// `@unchecked Sendable`: the method is never written after the fetch and never freed.
@safe struct Scrypt: @unchecked Sendable {
    /// No cost that Chancery takes needs more: the memory of 128 · n · r bytes.
    static let maximumMemory = 1 << 30
    /// Units of n · r · p; the default cost has 2²⁰ of them.
    static let maximumWork = 1 << 26

    private let method: OpaquePointer?

    private static let shared = Scrypt()

    private init() {
        unsafe method = EVP_KDF_fetch(nil, OSSL_KDF_NAME_SCRYPT, nil)
    }

    /// Whether the cost is one that scrypt knows and this machine can pay (RFC 7914 §2).
    static func isPayable(_ cost: SignInPolicy.ScryptCost) -> Bool {
        guard (1...1024).contains(cost.r), (1...1024).contains(cost.p), (2...(1 << 24)).contains(cost.n),
            cost.n & (cost.n - 1) == 0
        else { return false }
        // At most 2⁴⁴: no overflow.
        return 128 * cost.n * cost.r <= maximumMemory && cost.n * cost.r * cost.p <= maximumWork
    }

    /// - Throws: also for a cost that is not payable.
    static func key(
        from password: Secret, salt: [UInt8], cost: SignInPolicy.ScryptCost, length: Int
    ) throws(OpenSSLError) -> [UInt8] {
        let operation = "hash a password"
        guard isPayable(cost), (1...1024).contains(length) else {
            throw OpenSSLError(operation: operation, reasons: ["the cost of scrypt is out of bounds"])
        }
        let method = unsafe try OpenSSLError.check(shared.method, operation)
        // Beside the table of 128 · n · r bytes there are p blocks and one of working space.
        let memory = UInt64(128 * cost.r * (cost.n + cost.p + 2) + (1 << 20))
        var key = [UInt8](repeating: 0, count: length)
        let bytes = password.exposedBytes
        let result = unsafe chancery_scrypt(
            method, bytes, bytes.count, salt, salt.count, UInt64(cost.n), UInt32(cost.r), UInt32(cost.p), memory, &key,
            length)
        try OpenSSLError.check(result, operation)
        return key
    }
}
