import Identity

/// Reads `sign-in.yaml`. Every key is optional; what is not there keeps its default.
enum SignInFile {
    static func read(_ text: String, _ faults: FileFaults) -> SignInPolicy? {
        guard let root = YAMLDocument.read(text, faults),
            var map = MapReader(root, "the keys `password`, `guessing`, `session` and `tokens`", faults)
        else { return nil }
        var policy = SignInPolicy()
        policy.password = map.optional("password", .password) ?? policy.password
        policy.guessing = map.optional("guessing", .guessing) ?? policy.guessing
        policy.session = map.optional("session", .session) ?? policy.session
        policy.tokens = map.optional("tokens", .tokens) ?? policy.tokens
        map.finish()
        return policy
    }
}

extension Reader {
    /// A map whose keys are all optional: each replaces what `defaults` say.
    fileprivate static func part(
        _ example: String, _ defaults: Output, _ read: @escaping (inout MapReader, inout Output) -> Void
    ) -> Reader {
        let expectation = "a map, for example `\(example)`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            var part = defaults
            read(&map, &part)
            map.finish()
            return part
        }
    }
}

extension MapReader {
    /// Replaces `value` where the key is there and right.
    fileprivate mutating func set<Value>(_ value: inout Value, _ key: String, _ reader: Reader<Value>) {
        if let read = optional(key, reader) { value = read }
    }

    /// One limit must not be beyond another; named where the inner one stands.
    fileprivate mutating func check(_ inner: String, _ innerValue: Int64, isWithin outer: String, _ outerValue: Int64) {
        guard innerValue > outerValue, let entry = entry(inner) ?? entry(outer) else { return }
        faults.report(
            "`\(inner)` (\(innerValue.asDuration)) is longer than `\(outer)` (\(outerValue.asDuration)): "
                + "give \(outerValue.asDuration) or less", at: entry.value.place)
    }
}

extension Reader where Output == SignInPolicy.Password {
    fileprivate static var password: Reader {
        part("{minimumLength: 8, workers: 2, queue: 64}", SignInPolicy.Password()) { map, password in
            // 128 characters are the most that are taken.
            map.set(&password.minimumLength, "minimumLength", .integer(in: 8...64))
            map.set(&password.scrypt, "scrypt", .scrypt)
            map.set(&password.workers, "workers", .integer(in: 1...64))
            map.set(&password.queue, "queue", .integer(in: 0...1024))
        }
    }
}

extension Reader where Output == SignInPolicy.Guessing {
    fileprivate static var guessing: Reader {
        part("{perAccount: 50, perAddress: 200, window: 1h}", SignInPolicy.Guessing()) { map, guessing in
            map.set(&guessing.perAccount, "perAccount", .integer(in: 1...100_000))
            map.set(&guessing.perAddress, "perAddress", .integer(in: 1...1_000_000))
            map.set(&guessing.total, "total", .integer(in: 1...100_000_000))
            map.set(&guessing.window, "window", .duration(in: 1...604_800))
        }
    }
}

extension Reader where Output == SignInPolicy.Session {
    fileprivate static var session: Reader {
        part("{idle: 30m, absolute: 12h}", SignInPolicy.Session()) { map, session in
            map.set(&session.idle, "idle", .duration(in: 1...2_592_000))
            map.set(&session.absolute, "absolute", .duration(in: 1...7_776_000))
            map.check("idle", session.idle, isWithin: "absolute", session.absolute)
        }
    }
}

extension Reader where Output == SignInPolicy.Tokens {
    fileprivate static var tokens: Reader {
        part("{code: 60s, access: 10m}", SignInPolicy.Tokens()) { map, tokens in
            // RFC 6749 §4.1.2: ten minutes at most.
            map.set(&tokens.code, "code", .duration(in: 1...600))
            map.set(&tokens.pushedRequest, "pushedRequest", .duration(in: 1...600))
            map.set(&tokens.access, "access", .duration(in: 1...86_400))
            map.set(&tokens.refreshIdle, "refreshIdle", .duration(in: 1...31_536_000))
            map.set(&tokens.refreshAbsolute, "refreshAbsolute", .duration(in: 1...94_608_000))
            map.set(&tokens.refreshGrace, "refreshGrace", .duration(in: 0...60))
            map.set(&tokens.logout, "logout", .duration(in: 1...600))
            map.check("refreshIdle", tokens.refreshIdle, isWithin: "refreshAbsolute", tokens.refreshAbsolute)
        }
    }
}
