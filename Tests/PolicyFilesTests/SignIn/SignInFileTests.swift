import Identity
import PolicyFiles
import Testing

struct SignInFileTests {
    private func sample(_ text: String) -> PolicySample {
        var sample = PolicySample()
        sample.files["sign-in.yaml"] = Array(text.utf8)
        return sample
    }

    private func policy(_ text: String) throws -> SignInPolicy {
        try sample(text).onDisk { try PolicyFolder.load($0).signIn }
    }

    private func faults(_ text: String) throws -> [String] {
        try sample(text).faults().map { $0.replacing("sign-in.yaml:", with: "") }
    }

    /// The interface page's own example, whose values are the defaults.
    private static let defaults = """
        password: {minimumLength: 8, scrypt: {n: 65536, r: 8, p: 2}, workers: 2, queue: 64}
        guessing: {perAccount: 50, perAddress: 200, window: 1h}
        session: {idle: 30m, absolute: 12h}
        tokens: {code: 60s, pushedRequest: 60s, access: 10m, refreshIdle: 30d, refreshAbsolute: 180d, refreshGrace: 10s, logout: 2m}

        """

    @Test func `the page's example and no file at all are the same`() throws {
        #expect(try policy(SignInFileTests.defaults) == SignInPolicy())
        #expect(try PolicySample().onDisk { try PolicyFolder.load($0).signIn } == SignInPolicy())
    }

    @Test func `every key is read`() throws {
        var expected = SignInPolicy()
        expected.password.minimumLength = 15
        (expected.password.scrypt.n, expected.password.scrypt.r, expected.password.scrypt.p) = (131_072, 16, 1)
        (expected.password.workers, expected.password.queue) = (1, 0)
        (expected.guessing.perAccount, expected.guessing.perAddress) = (10, 20)
        (expected.guessing.total, expected.guessing.window) = (30, 90)
        (expected.session.idle, expected.session.absolute) = (300, 3600)
        (expected.tokens.code, expected.tokens.pushedRequest, expected.tokens.access) = (30, 45, 7200)
        (expected.tokens.refreshIdle, expected.tokens.refreshAbsolute) = (86_400, 172_800)
        (expected.tokens.refreshGrace, expected.tokens.logout) = (0, 60)
        let text = """
            password: {minimumLength: 15, scrypt: {n: 131072, r: 16, p: 1}, workers: 1, queue: 0}
            guessing: {perAccount: 10, perAddress: 20, total: 30, window: 90s}
            session: {idle: 5m, absolute: 1h}
            tokens: {code: 30s, pushedRequest: 45s, access: 2h, refreshIdle: 1d, refreshAbsolute: 48h, refreshGrace: 0s, logout: 60s}

            """
        #expect(try policy(text) == expected)
    }

    @Test func `one key alone leaves the others as they are`() throws {
        var expected = SignInPolicy()
        expected.tokens.access = 5
        #expect(try policy("tokens: {access: 5s}\n") == expected)
    }

    @Test func `unknown keys are faults`() throws {
        #expect(
            try faults("tokens: {acces: 10m}\npasword: {}\n") == [
                "1:10: unknown key `acces`: did you mean `access`?",
                "2:1: unknown key `pasword`: did you mean `password`?",
            ])
    }

    @Test(arguments: [
        ("10", "`10` has no unit: write `10s` for seconds, or m, h, d"), ("10x", nil), ("m", nil), ("-5m", nil),
        ("1.5h", nil), ("5 m", nil), ("10M", nil), ("", nil), ("PT10M", nil),
        ("0s", "`0s` is out of bounds: expected a time from 1s to 1d"),
        ("25h", "`25h` is out of bounds: expected a time from 1s to 1d"),
        ("9223372036854775807d", nil),
        ("99999999999d", "`99999999999d` is out of bounds: expected a time from 1s to 1d"),
    ])
    func `what is no time, or out of bounds, is a fault`(text: String, problem: String?) throws {
        let expected =
            problem
            ?? "expected a time from 1s to 1d, for example `60s`, `30m`, `12h` or `30d`, found `\(text)`"
        #expect(try faults("tokens: {access: \"\(text)\"}\n") == ["1:18: \(expected)"])
    }

    @Test(arguments: [
        ("{n: 65535}", "1:26: expected a power of two from 16384 to 1048576, found `65535`"),
        ("{n: 1024}", "1:26: expected a power of two from 16384 to 1048576, found `1024`"),
        ("{n: 0}", "1:26: expected a power of two from 16384 to 1048576, found `0`"),
        (
            "{n: 16384, r: 1}",
            "1:22: this hash is too cheap to guard passwords: n · r · p is 32768, expected at least 131072, better 1048576 as `{n: 65536, r: 8, p: 2}`"
        ),
        (
            "{n: 1048576, r: 8}",
            "1:22: one hash would take 1024 MiB of memory (128 · n · r): at most 256 are allowed"
        ),
        ("{n: 65536, p: 64}", "1:22: this hash takes too long: n · r · p is 33554432, at most 16777216 are allowed"),
        ("{r: 0}", "1:26: expected a whole number from 1 to 64, found `0`"),
        ("{p: 1000}", "1:26: expected a whole number from 1 to 64, found `1000`"),
    ])
    func `a cost of scrypt that is no guard, or no machine's, is a fault`(cost: String, fault: String) throws {
        #expect(try faults("password: {  scrypt: \(cost)}\n") == [fault])
    }

    @Test func `limits inside others are checked`() throws {
        #expect(
            try faults("session: {idle: 2h, absolute: 1h}\ntokens: {refreshAbsolute: 7d}\n") == [
                "1:17: `idle` (2h) is longer than `absolute` (1h): give 1h or less",
                "2:27: `refreshIdle` (30d) is longer than `refreshAbsolute` (7d): give 7d or less",
            ])
    }

    @Test func `numbers have bounds`() throws {
        #expect(
            try faults("password: {minimumLength: 7, workers: 0, queue: 5000}\nguessing: {perAccount: 0}\n") == [
                "1:27: expected a whole number from 8 to 64, found `7`",
                "1:39: expected a whole number from 1 to 64, found `0`",
                "1:49: expected a whole number from 0 to 1024, found `5000`",
                "2:24: expected a whole number from 1 to 100000, found `0`",
            ])
    }
}
