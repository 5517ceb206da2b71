import Primitives
import Testing

@testable import OpenSSLCrypto

struct DataKeySealingTests {
    private let sealing = DataKeySealing(dataKey: Secret([UInt8](repeating: 7, count: 32)))
    private let secret = Secret(Array("11010519491231002X".utf8))

    @Test func `what is sealed opens in its context`() throws {
        for plain in [[], [0], [UInt8](repeating: 3, count: 100_000)] {
            let sealed = try sealing.seal(Secret(plain), context: "license/1")
            #expect(sealed.count == plain.count + 29)
            #expect(try sealing.open(sealed, context: "license/1").exposedBytes == plain)
        }
    }

    @Test func `equal values look different and show nothing`() throws {
        let first = try sealing.seal(secret, context: "a")
        #expect(try sealing.seal(secret, context: "a") != first)
        #expect(!String(decoding: first, as: UTF8.self).contains("11010519"))
    }

    @Test func `another context does not open it`() throws {
        let sealed = try sealing.seal(secret, context: "license/1")
        #expect(throws: SealingFault.notAuthentic) { try sealing.open(sealed, context: "license/2") }
        #expect(throws: SealingFault.notAuthentic) { try sealing.open(sealed, context: "") }
    }

    @Test func `the form at rest stays: a context's key is the HMAC of its name under a derived key`() throws {
        let derived = KeyedHash.hkdf([UInt8](repeating: 7, count: 32), salt: [], info: Array("chancery sealing 1".utf8))
        let context = Array("audit/7".utf8)
        let key = KeyedHash.hmac(key: derived, context)
        let sealed = try sealing.seal(secret, context: "audit/7")
        let opened = try AuthenticatedEncryption.decrypt(
            sealed.dropFirst(13), key: key, nonce: Array(sealed[1..<13]), authenticating: context)
        #expect(sealed.first == 1 && opened == secret.exposedBytes)
        let nonce = [UInt8](repeating: 9, count: 12)
        let other = try AuthenticatedEncryption.encrypt(
            secret.exposedBytes, key: key, nonce: nonce, authenticating: context)
        #expect(try sealing.open([1] + nonce + other, context: "audit/7").exposedBytes == secret.exposedBytes)
    }

    @Test func `no nonce is used twice`() throws {
        let nonces = try (0..<2_000).map { _ in Array(try sealing.seal(secret, context: "a")[1..<13]) }
        #expect(Set(nonces).count == nonces.count)
    }

    @Test func `another key does not open it`() throws {
        let sealed = try sealing.seal(secret, context: "a")
        let other = DataKeySealing(dataKey: Secret([UInt8](repeating: 8, count: 32)))
        #expect(throws: SealingFault.notAuthentic) { try other.open(sealed, context: "a") }
    }

    @Test func `every changed bit and every cut is noticed`() throws {
        let sealed = try sealing.seal(secret, context: "a")
        for bit in 0..<(sealed.count * 8) {
            var changed = sealed
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: SealingFault.self) { try sealing.open(changed, context: "a") }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealingFault.self) { try sealing.open(Array(sealed.prefix(length)), context: "a") }
        }
        #expect(throws: SealingFault.self) { try sealing.open(sealed + [0], context: "a") }
    }

    @Test func `look-up values are equal for equal values under one purpose and key`() {
        let value = sealing.lookupValue(of: secret, purpose: "holder")
        #expect(value == sealing.lookupValue(of: secret, purpose: "holder"))
        #expect(value != sealing.lookupValue(of: secret, purpose: "login"))
        #expect(value != sealing.lookupValue(of: Secret([]), purpose: "holder"))
        let other = DataKeySealing(dataKey: Secret([UInt8](repeating: 8, count: 32)))
        #expect(value != other.lookupValue(of: secret, purpose: "holder"))
    }

    @Test func `purpose and value do not run together`() {
        let first = sealing.lookupValue(of: Secret(Array("b".utf8)), purpose: "pa")
        let second = sealing.lookupValue(of: Secret(Array("ab".utf8)), purpose: "p")
        #expect(first != second)
    }

    @Test func `many threads seal at once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { [sealing] in
                    for number in 0..<50 {
                        let context = "\(task)/\(number)"
                        let sealed = try sealing.seal(Secret(Array(context.utf8)), context: context)
                        #expect(try sealing.open(sealed, context: context).exposedBytes == Array(context.utf8))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
