import JOSE
import Primitives

/// The state file: JSON, replaced whole, with public halves only, so that it opens without the passphrase.
extension TokenKeyList {
    static let maximumLength = 1 << 20
    private static let version: Int64 = 1

    var file: [UInt8] {
        let value: JSONValue = [
            "version": .integer(TokenKeyList.version), "keys": .array(records.map { .object($0.object) }),
        ]
        return Array((value.prettyText + "\n").utf8)
    }

    /// `nil` when it is cut short, of another version, or says what cannot be.
    init?(file: [UInt8], hashing: any Hashing) {
        guard let value = try? JSONReader.read(file, maximumDepth: 4),
            value["version"]?.integer == TokenKeyList.version,
            let keys = value["keys"]?.array, keys.count <= 1024
        else { return nil }
        let records = keys.compactMap { $0.object.flatMap { TokenKeyRecord($0, hashing: hashing) } }
        guard records.count == keys.count else { return nil }
        self.init(records)
        guard isConsistent else { return nil }
    }

    private var isConsistent: Bool {
        let names = Set(records.map { "\($0.algorithm.rawValue) \($0.generation)" })
        let signing = records.filter { $0.state == .active || $0.state == .next }
        let places = Set(signing.map { "\($0.algorithm.rawValue) \($0.state.rawValue)" })
        return names.count == records.count && places.count == signing.count
    }
}

extension TokenKeyRecord {
    fileprivate var object: JSONObject {
        var object = JSONObject([
            ("algorithm", .string(algorithm.rawValue)), ("generation", .integer(generation)),
            ("state", .string(state.rawValue)), ("kid", .string(keyID)),
            ("publicKey", .string(Base64.encode(publicKey))), ("publishedAt", .string(publishedAt.description)),
        ])
        object["activeAt"] = activeAt.map { .string($0.description) }
        object["retiredAt"] = retiredAt.map { .string($0.description) }
        object["goneAt"] = goneAt.map { .string($0.description) }
        return object
    }

    fileprivate init?(_ object: JSONObject, hashing: any Hashing) {
        func moment(_ name: String) -> Instant? { object[name]?.string.flatMap { Instant($0) } }
        guard let algorithm = object["algorithm"]?.string.flatMap({ SignatureAlgorithm(rawValue: $0) }),
            let generation = object["generation"]?.integer, (1...1_000_000).contains(generation),
            let state = object["state"]?.string.flatMap({ KeyState(rawValue: $0) }),
            let publicKey = object["publicKey"]?.string.flatMap({ Base64.decode($0) }),
            let keyID = object["kid"]?.string, let publishedAt = moment("publishedAt"),
            // A key published under another's name would make tokens that nobody can check.
            JWK(subjectPublicKeyInfo: publicKey, algorithm: algorithm)?.thumbprint(hashing: hashing) == keyID
        else { return nil }
        self.init(
            algorithm: algorithm, generation: Int(generation), publicKey: publicKey, keyID: keyID,
            publishedAt: publishedAt, state: state, activeAt: moment("activeAt"), retiredAt: moment("retiredAt"),
            goneAt: moment("goneAt"))
        if state == .retiring, goneAt == nil { return nil }
    }
}
