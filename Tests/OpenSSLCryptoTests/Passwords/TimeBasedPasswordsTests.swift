import Primitives
import Testing

@testable import OpenSSLCrypto

struct TimeBasedPasswordsTests {
    private let passwords = TimeBasedPasswords()
    private static let secret = Secret(Array("12345678901234567890".utf8))

    /// RFC 6238 appendix B (SHA-1), of whose eight digits the last six are the six-digit code.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `the published codes are those of their times`(seconds: Int64, code: String) {
        let at = Instant(secondsSinceEpoch: seconds)
        #expect(passwords.step(of: code, secret: TimeBasedPasswordsTests.secret, at: at) == seconds / 30)
    }

    /// RFC 4226 appendix D.
    @Test(
        arguments: [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ].enumerated().map { ($0.offset, $0.element) })
    func `the published codes are those of their counters`(step: Int, code: String) {
        #expect(
            TimeBasedPasswords.code(step: Int64(step), secret: TimeBasedPasswordsTests.secret) == Array(code.utf8))
    }

    @Test func `one step either way counts and no more`() {
        let secret = TimeBasedPasswordsTests.secret
        let step: Int64 = 66_666_666
        let code = "279037"
        #expect(TimeBasedPasswords.code(step: step, secret: secret) == Array(code.utf8))
        func found(_ seconds: Int64) -> Int64? {
            passwords.step(of: code, secret: secret, at: Instant(secondsSinceEpoch: seconds))
        }
        #expect(found(step * 30 - 31) == nil)
        #expect(found(step * 30 - 30) == step && found(step * 30) == step && found(step * 30 + 59) == step)
        #expect(found(step * 30 + 60) == nil)
    }

    @Test(arguments: ["", "28708", "2870820", "28708a", " 287082", "２８７０８２", "-87082", "287082\n"])
    func `what is not six digits is no code`(code: String) {
        #expect(
            passwords.step(of: code, secret: TimeBasedPasswordsTests.secret, at: Instant(secondsSinceEpoch: 59)) == nil)
    }

    @Test func `another secret, no secret and times before all steps have no code`() {
        let at = Instant(secondsSinceEpoch: 59)
        #expect(passwords.step(of: "287082", secret: Secret([1, 2, 3]), at: at) == nil)
        #expect(passwords.step(of: "287082", secret: Secret([]), at: at) == nil)
        for moment in [Instant(secondsSinceEpoch: -59), Instant(millisecondsSinceEpoch: .min)] {
            #expect(passwords.step(of: "287082", secret: TimeBasedPasswordsTests.secret, at: moment) == nil)
        }
    }
}
