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

    @Test func `an unknown account costs what a known one costs`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy(n: 16_384))
        let hash = try await pool.hash(password)
        var (known, unknown): ([Duration], [Duration]) = ([], [])
        for _ in 0..<7 {
            known.append(try await ContinuousClock().measure { _ = try await pool.matches(password, hash: hash) })
            unknown.append(try await ContinuousClock().measure { _ = try await pool.matches(password, hash: nil) })
        }
        // The fastest of each: other work on the machine only adds.
        let ratio = try #require(unknown.min()) / (try #require(known.min()))
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
        #expect(pool.load == 0)
        #expect(try await pool.hash(password).hasPrefix("$scrypt$"))
    }

    @Test func `hashing does not hold up other tasks`() async throws {
        let pool = PasswordPool(PasswordPoolTests.policy(n: 65_536, workers: 4, queue: 64))
        let password = password
        let hashes = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<12 { group.addTask { _ = try? await pool.hash(password) } }
            }
        }
        while pool.load < 12 { await Task.yield() }
        // As many as would fill the cooperative threads many times over, each with several turns.
        let answered = await withTaskGroup(of: Int.self) { group in
            for number in 0..<64 {
                group.addTask {
                    for _ in 0..<8 { await Task.yield() }
                    return number
                }
            }
            return await group.reduce(0) { count, _ in count + 1 }
        }
        #expect(answered == 64)
        #expect(pool.load > 0, "the other tasks had to wait for the last hash")
        await hashes.value
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

    private static var cost: SignInPolicy.ScryptCost {
        var cost = SignInPolicy.ScryptCost()
        (cost.n, cost.p) = (4096, 1)
        return cost
    }
}
