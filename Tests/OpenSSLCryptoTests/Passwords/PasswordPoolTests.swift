import Dispatch
import Identity
import Primitives
import Testing

@testable import OpenSSLCrypto

struct PasswordPoolTests {
    private let password = Secret(Array("correct horse battery".utf8))

    private static func policy(n: Int = 1024, workers: Int = 2, queue: Int = 64) -> SignInPolicy.Password {
        var policy = SignInPolicy.Password()
        (policy.scrypt.n, policy.scrypt.p, policy.workers, policy.queue) = (n, 1, workers, queue)
        return policy
    }

    @Test func `a password matches its hash and no other does`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy())
        let hash = try await pool.hash(password)
        #expect(hash.hasPrefix("$scrypt$ln=10,r=8,p=1$"))
        #expect(try await pool.matches(password, hash: hash))
        #expect(try await !pool.matches(Secret(Array("correct horse batterz".utf8)), hash: hash))
        #expect(try await !pool.matches(Secret([]), hash: hash))
    }

    @Test func `two hashes of one password differ`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy())
        let first = try await pool.hash(password)
        #expect(try await pool.hash(password) != first)
    }

    @Test func `without a hash, or with one that cannot be read, nothing matches`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy())
        #expect(try await !pool.matches(password, hash: nil))
        #expect(try await !pool.matches(password, hash: "not a hash"))
    }

    /// How long the check of a password takes, against one where there is no hash.
    private func ratioToUnknown(_ pool: PasswordPool, _ password: Secret, hash: String) async throws -> Double {
        var (known, unknown): ([Duration], [Duration]) = ([], [])
        for _ in 0..<7 {
            known.append(try await ContinuousClock().measure { _ = try await pool.matches(password, hash: hash) })
            unknown.append(try await ContinuousClock().measure { _ = try await pool.matches(password, hash: nil) })
        }
        // The fastest of each: other work on the machine only adds.
        return try #require(known.min()) / (try #require(unknown.min()))
    }

    @Test func `an unknown account costs what a known one costs`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy(n: 16_384))
        let ratio = try await ratioToUnknown(pool, password, hash: try await pool.hash(password))
        // No work at all would be a hundredth; a busy machine is not.
        #expect((0.2...5.0).contains(ratio), "\(ratio)")
    }

    @Test func `a hash at an older cost still matches and is not current`() async throws {
        let hash = try await PasswordPool(PasswordPoolTests.policy(n: 512)).hash(password)
        let pool = PasswordPool(PasswordPoolTests.policy())
        #expect(try await pool.matches(password, hash: hash))
        #expect(!pool.isCurrent(hash))
        #expect(pool.isCurrent(try await pool.hash(password)))
        #expect(!pool.isCurrent("not a hash"))
    }

    @Test func `a wrong password costs the same where the stored hash was made at a lower cost`() async throws {
        let hash = try await PasswordPool(PasswordPoolTests.policy(n: 512)).hash(password)
        let pool = PasswordPool(PasswordPoolTests.policy(n: 16_384))
        let ratio = try await ratioToUnknown(pool, Secret(Array("wrong horse battery".utf8)), hash: hash)
        // The old cost alone would be a thirtieth. The same work in smaller pieces stays in a busy processor's caches more often.
        #expect((0.2...5.0).contains(ratio), "\(ratio)")
    }

    @Test(
        arguments: [
            ((65_536, 8, 2), (65_536, 8, 1), [(65_536, 1)]),
            ((65_536, 8, 2), (32_768, 8, 1), [(65_536, 1), (32_768, 1)]),
            ((65_536, 8, 2), (65_536, 8, 2), []), ((16_384, 8, 1), (65_536, 8, 2), []),
            ((1_048_576, 8, 1), (16_384, 8, 1), [524_288, 262_144, 131_072, 65_536, 32_768, 16_384].map { ($0, 1) }),
            ((16_384, 8, 5), (65_536, 8, 1), [(16_384, 1)]),
        ] as [((Int, Int, Int), (Int, Int, Int), [(Int, Int)])])
    func `what a lower cost lacks is made up in the largest pieces, to the last block`(
        cost: (Int, Int, Int), stored: (Int, Int, Int), expected: [(Int, Int)]
    ) {
        func of(_ parts: (Int, Int, Int)) -> SignInPolicy.ScryptCost {
            var cost = SignInPolicy.ScryptCost()
            (cost.n, cost.r, cost.p) = parts
            return cost
        }
        let pieces = of(cost).pieces(beyond: of(stored))
        #expect(pieces.map(\.n) == expected.map(\.0) && pieces.map(\.p) == expected.map(\.1))
        let sum = of(stored).work + pieces.reduce(0) { $0 + $1.work }
        #expect(sum == max(of(cost).work, of(stored).work))
    }

    @Test func `a full pool refuses at once and serves those it took`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy(n: 16_384, workers: 1, queue: 3))
        let password = password
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do {
                        return try await pool.hash(password).hasPrefix("$scrypt$")
                    } catch is PasswordPoolFull {
                        return nil
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 40 && !outcomes.contains(false))
        #expect(outcomes.filter { $0 == true }.count >= 4)
        #expect(outcomes.contains(nil))
        #expect(try await pool.hash(password).hasPrefix("$scrypt$"))
    }
}

struct BoundedThreadsTests {
    @Test func `no more run at a time than there are threads`() async {
        let threads = BoundedThreads(count: 3, queueLength: 100)
        let counts = Shared((running: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        threads.submit(
                            BoundedThreads.Work {
                                counts.change {
                                    $0.running += 1
                                    $0.most = max($0.most, $0.running)
                                }
                                _ = try? Scrypt.key(from: Secret([1]), salt: [1], cost: Self.cost, length: 32)
                                counts.change { $0.running -= 1 }
                                continuation.resume()
                            } refuse: {
                                continuation.resume()
                            })
                    }
                }
            }
        }
        #expect(counts.value.most <= 3)
        #expect(counts.value.most > 1)
    }

    /// More pieces of work than the cooperative pool has threads stand still until other tasks have had many turns.
    @Test func `work does not hold up other tasks`() async {
        let threads = BoundedThreads(count: 16, queueLength: 16)
        let gate = DispatchSemaphore(value: 0)
        let work = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        await withCheckedContinuation { continuation in
                            threads.submit(
                                BoundedThreads.Work {
                                    gate.wait()
                                    continuation.resume()
                                } refuse: {
                                    continuation.resume()
                                })
                        }
                    }
                }
            }
        }
        while threads.load < 16 { await Task.yield() }
        let answered = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    for _ in 0..<8 { await Task.yield() }
                    return 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answered == 64 && threads.load == 16)
        for _ in 0..<16 { gate.signal() }
        await work.value
    }

    private static var cost: SignInPolicy.ScryptCost {
        var cost = SignInPolicy.ScryptCost()
        (cost.n, cost.p) = (4096, 1)
        return cost
    }
}
