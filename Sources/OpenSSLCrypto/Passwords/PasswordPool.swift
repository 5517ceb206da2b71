import COpenSSL
package import Identity
package import Primitives

/// Hashes passwords with scrypt on threads of its own, at most `workers` at a time with at most `queue` waiting.
package struct PasswordPool: PasswordHashing {
    private let cost: SignInPolicy.ScryptCost
    private let threads: BoundedThreads
    /// Stands in for the hash of an account that is not there, so that the answer takes as long.
    private let decoy: PasswordHash

    package init(_ policy: SignInPolicy.Password) {
        cost = policy.scrypt
        threads = BoundedThreads(count: policy.workers, queueLength: policy.queue)
        let random = OpenSSLRandomness()
        decoy = PasswordHash(
            cost: policy.scrypt, salt: random.bytes(PasswordHash.saltLength), hash: random.bytes(PasswordHash.length))
    }

    /// Hashes that are computed or wait.
    var load: Int { threads.load }

    package func hash(_ password: Secret) async throws -> String {
        let salt = OpenSSLRandomness().bytes(PasswordHash.saltLength)
        let hash = try await key(from: password, salt: salt, cost: cost, length: PasswordHash.length)
        return PasswordHash(cost: cost, salt: salt, hash: hash).text
    }

    package func matches(_ password: Secret, hash: String?) async throws -> Bool {
        let stored = hash.flatMap { PasswordHash($0) }
        let reference = stored ?? decoy
        let computed = try await key(
            from: password, salt: reference.salt, cost: reference.cost, length: reference.hash.count)
        return ConstantTime.areEqual(computed, reference.hash) && stored != nil
    }

    package func isCurrent(_ hash: String) -> Bool { PasswordHash(hash)?.cost == cost }

    private func key(
        from password: Secret, salt: [UInt8], cost: SignInPolicy.ScryptCost, length: Int
    ) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit(
                BoundedThreads.Work {
                    continuation.resume(
                        with: Result { try Scrypt.key(from: password, salt: salt, cost: cost, length: length) })
                } refuse: {
                    continuation.resume(throwing: PasswordPoolFull())
                })
        }
    }
}

/// Comparison in a time that says nothing of where two values part.
enum ConstantTime {
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }
}
