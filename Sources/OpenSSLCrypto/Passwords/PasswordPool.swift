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
        let hash = try await onThread { [cost] in
            try Scrypt.key(from: password, salt: salt, cost: cost, length: PasswordHash.length)
        }
        return PasswordHash(cost: cost, salt: salt, hash: hash).text
    }

    /// A hash made at a lower cost takes as long as one at the current cost, whether the password is right or not: else the
    /// time would tell its account from one that is not there. One made at a higher cost takes longer.
    package func matches(_ password: Secret, hash: String?) async throws -> Bool {
        let stored = hash.flatMap { PasswordHash($0) }
        let (reference, decoySalt) = (stored ?? decoy, decoy.salt)
        let missing = cost.pieces(beyond: reference.cost)
        let computed = try await onThread {
            let key = try Scrypt.key(
                from: password, salt: reference.salt, cost: reference.cost, length: reference.hash.count)
            for piece in missing {
                _ = try Scrypt.key(from: password, salt: decoySalt, cost: piece, length: PasswordHash.length)
            }
            return key
        }
        return ConstantTime.areEqual(computed, reference.hash) && stored != nil
    }

    package func isCurrent(_ hash: String) -> Bool { PasswordHash(hash)?.cost == cost }

    /// One place in the pool, whatever the work is made of.
    private func onThread(_ work: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit(
                BoundedThreads.Work {
                    continuation.resume(with: Result { try work() })
                } refuse: {
                    continuation.resume(throwing: PasswordPoolFull())
                })
        }
    }
}

extension SignInPolicy.ScryptCost {
    /// Blocks mixed, all of one size: what the time goes by.
    var work: Int { n * r * p }

    /// Costs that come together to this one less `other`, in the largest pieces, so that no smaller table makes them faster
    /// than they should be; none where `other` is as high or higher.
    func pieces(beyond other: SignInPolicy.ScryptCost) -> [SignInPolicy.ScryptCost] {
        var (pieces, missing, piece) = ([SignInPolicy.ScryptCost](), work - other.work, self)
        while missing > 0, piece.n >= 2 {
            piece.p = min(missing / (piece.n * r), p)
            if piece.p > 0 {
                pieces.append(piece)
                missing -= piece.work
            }
            if missing < piece.n * r { piece.n /= 2 }
        }
        return pieces
    }
}

/// Comparison in a time that says nothing of where two values part.
enum ConstantTime {
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }
}
