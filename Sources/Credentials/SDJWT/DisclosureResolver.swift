import Primitives

/// Puts disclosures in the place of their digests (RFC 9901 §7.1 step 3).
struct DisclosureResolver {
    /// Disclosures inside disclosures nest deeper than any one JSON text may.
    private static let maximumDepth = 64

    private struct Waiting {
        let position: Int
        let disclosure: Disclosure
    }

    /// By digest; taken out when its digest is met.
    private var waiting: [String: Waiting] = [:]
    private var digestsMet: Set<String> = []
    private var paths: [[ClaimPathStep]]

    /// Throws when a disclosure is malformed or stands twice.
    init(disclosures: [String], algorithm: HashAlgorithm, hashing: any Hashing) throws(SDJWTFault) {
        paths = Array(repeating: [], count: disclosures.count)
        for (position, text) in disclosures.enumerated() {
            let entry = Waiting(position: position, disclosure: try Disclosure(parsing: text))
            let digest = Disclosure.digest(of: text, algorithm, hashing)
            guard waiting.updateValue(entry, forKey: digest) == nil else {
                throw SDJWTFault(reason: "a disclosure stands twice")
            }
        }
    }

    /// The claims of `payload` and of all disclosures reached from it.
    mutating func resolve(_ payload: JSONObject) throws(SDJWTFault) -> JSONObject {
        try members(payload, at: [])
    }

    /// Where each disclosure stands. Throws when one was not reached: nobody signed it.
    func finish() throws(SDJWTFault) -> [[ClaimPathStep]] {
        guard waiting.isEmpty else { throw SDJWTFault(reason: "a disclosure is never referenced") }
        return paths
    }

    private mutating func value(_ value: JSONValue, at path: [ClaimPathStep]) throws(SDJWTFault) -> JSONValue {
        guard path.count <= DisclosureResolver.maximumDepth else {
            throw SDJWTFault(reason: "claims nest more than \(DisclosureResolver.maximumDepth) deep")
        }
        switch value {
        case .object(let object): return .object(try members(object, at: path))
        case .array(let array): return .array(try elements(array, at: path))
        default: return value
        }
    }

    private mutating func members(_ object: JSONObject, at path: [ClaimPathStep]) throws(SDJWTFault) -> JSONObject {
        var result = JSONObject()
        for (name, value) in object.members where name != "_sd" {
            guard name != "..." else { throw SDJWTFault(reason: "a claim is named \"...\"") }
            result[name] = try self.value(value, at: path + [.member(name)])
        }
        guard let digests = object["_sd"] else { return result }
        guard let digests = digests.array else { throw SDJWTFault(reason: "\"_sd\" is not an array") }
        for digest in digests {
            guard let found = try take(digest) else { continue }
            guard let name = found.disclosure.name else {
                throw SDJWTFault(reason: "the disclosure of an array's element is referenced from an object")
            }
            guard result[name] == nil else { throw SDJWTFault(reason: "a disclosed claim is already present") }
            let place = path + [.member(name)]
            paths[found.position] = place
            result[name] = try value(found.disclosure.value, at: place)
        }
        return result
    }

    private mutating func elements(_ array: [JSONValue], at path: [ClaimPathStep]) throws(SDJWTFault) -> [JSONValue] {
        var result: [JSONValue] = []
        for element in array {
            let place = path + [.element(result.count)]
            guard let reference = element.object, let digest = reference["..."] else {
                result.append(try value(element, at: place))
                continue
            }
            guard reference.count == 1 else { throw SDJWTFault(reason: "\"...\" does not stand alone") }
            guard let found = try take(digest) else { continue }
            guard found.disclosure.name == nil else {
                throw SDJWTFault(reason: "the disclosure of an object's claim is referenced from an array")
            }
            paths[found.position] = place
            result.append(try value(found.disclosure.value, at: place))
        }
        return result
    }

    /// `nil` for a decoy or a withheld disclosure.
    private mutating func take(_ digest: JSONValue) throws(SDJWTFault) -> Waiting? {
        guard let text = digest.string else { throw SDJWTFault(reason: "a digest is not a string") }
        guard digestsMet.insert(text).inserted else { throw SDJWTFault(reason: "a digest stands twice") }
        return waiting.removeValue(forKey: text)
    }
}
