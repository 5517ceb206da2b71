import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct ECDSAFormTests {
    @Test(arguments: [SignatureAlgorithm.es256, .es384])
    func `real signatures go back and forth`(algorithm: SignatureAlgorithm) throws {
        let signer = try SampleKeys.signer(algorithm)
        // Enough to meet numbers with and without a sign byte and with leading zeros.
        for index in 0..<64 {
            let der = try signer.signature(over: [UInt8(index)])
            let jose = try #require(ECDSAForm.jose(der: der, algorithm: algorithm))
            #expect(jose.count == (algorithm == .es256 ? 64 : 96))
            #expect(ECDSAForm.der(jose: jose, algorithm: algorithm) == der)
        }
    }

    @Test func `small numbers are padded and take no sign byte they do not need`() {
        let one = [UInt8](repeating: 0, count: 31) + [1]
        let high = [UInt8](repeating: 0, count: 31) + [0x80]
        let der: [UInt8] = [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80]
        #expect(ECDSAForm.der(jose: one + high, algorithm: .es256) == der)
        #expect(ECDSAForm.jose(der: der, algorithm: .es256) == one + high)
    }

    @Test(
        arguments: [
            [],
            [0x30],
            [0x30, 0],
            [0x30, 3, 2, 1, 1],
            [0x30, 6, 2, 1, 0, 2, 1, 1],  // r is zero
            [0x30, 6, 2, 1, 1, 2, 1, 0],  // s is zero
            [0x30, 6, 2, 1, 0x81, 2, 1, 1],  // r is negative
            [0x30, 7, 2, 2, 0, 1, 2, 1, 1],  // a sign byte that is not needed
            [0x30, 0x81, 6, 2, 1, 1, 2, 1, 1],  // a length longer than it need be
            [0x30, 6, 2, 1, 1, 2, 1, 1, 0],  // a byte after the end
            [0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1],  // a third number
            [0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0],  // an indefinite length
            [0x31, 6, 2, 1, 1, 2, 1, 1],  // a set
        ] as [[UInt8]])
    func `malformed DER is refused`(der: [UInt8]) {
        #expect(ECDSAForm.jose(der: der, algorithm: .es256) == nil)
    }

    @Test func `a number longer than the curve's is refused`() {
        let long = [2, 33] + [UInt8](repeating: 0x7F, count: 33)
        #expect(ECDSAForm.jose(der: [0x30, 38] + long + [2, 1, 1], algorithm: .es256) == nil)
        #expect(ECDSAForm.jose(der: [0x30, 38] + long + [2, 1, 1], algorithm: .es384) != nil)
    }

    @Test func `another length than the curve's is refused`() {
        for count in [0, 1, 63, 65, 96, 128] {
            #expect(ECDSAForm.der(jose: [UInt8](repeating: 1, count: count), algorithm: .es256) == nil)
        }
    }

    @Test func `zeros are refused`() {
        let zero = [UInt8](repeating: 0, count: 32)
        let one = [UInt8](repeating: 1, count: 32)
        #expect(ECDSAForm.der(jose: zero + one, algorithm: .es256) == nil)
        #expect(ECDSAForm.der(jose: one + zero, algorithm: .es256) == nil)
        #expect(ECDSAForm.der(jose: zero + zero, algorithm: .es256) == nil)
    }

    @Test(arguments: [SignatureAlgorithm.rs256, .ps256, .eddsa])
    func `other algorithms have no such form`(algorithm: SignatureAlgorithm) {
        #expect(ECDSAForm.der(jose: [UInt8](repeating: 1, count: 64), algorithm: algorithm) == nil)
        #expect(ECDSAForm.jose(der: [0x30, 6, 2, 1, 1, 2, 1, 1], algorithm: algorithm) == nil)
    }
}
