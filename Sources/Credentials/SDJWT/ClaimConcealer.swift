import Primitives

/// Replaces disclosable claims by their digests, the innermost first (RFC 9901 §4.2.4, §4.2.6).
struct ClaimConcealer {
    private static let saltLength = 16
    /// What `SDJWT` reads back.
    private static let maximumDepth = 30

    private let disclosable: Set<[ClaimPathStep]>
    private let hashing: any Hashing
    private let randomness: any Randomness
    private var concealed: Set<[ClaimPathStep]> = []
    private var disclosures: [String] = []

    init(disclosable: Set<[ClaimPathStep]>, hashing: any Hashing, randomness: any Randomness) {
        (self.disclosable, self.hashing, self.randomness) = (disclosable, hashing, randomness)
    }

    mutating func conceal(_ claims: JSONObject) throws(SDJWTFault) -> JSONObject {
        try members(claims, at: [])
    }

    /// All disclosures. Throws when a path led nowhere: something personal would have stayed open.
    func finish() throws(SDJWTFault) -> [String] {
        guard concealed.count == disclosable.count else {
            throw SDJWTFault(reason: "a claim that is to be selectively disclosable does not exist")
        }
        guard disclosures.count <= SDJWT.maximumDisclosures else {
            throw SDJWTFault(reason: "more than \(SDJWT.maximumDisclosures) disclosures")
        }
        return disclosures
    }

    private mutating func value(_ value: JSONValue, at path: [ClaimPathStep]) throws(SDJWTFault) -> JSONValue {
        guard path.count <= ClaimConcealer.maximumDepth else { throw SDJWTFault(reason: "claims nest too deep") }
        switch value {
        case .object(let object): return .object(try members(object, at: path))
        case .array(let array):
            var elements: [JSONValue] = []
            for (index, element) in array.enumerated() {
                let place = path + [.element(index)]
                let inner = try self.value(element, at: place)
                let isOpen = !disclosable.contains(place)
                elements.append(isOpen ? inner : ["...": .string(digest(nil, inner, at: place))])
            }
            return .array(elements)
        default: return value
        }
    }

    private mutating func members(_ object: JSONObject, at path: [ClaimPathStep]) throws(SDJWTFault) -> JSONObject {
        var open = JSONObject()
        var digests: [String] = []
        for (name, value) in object.members {
            guard !SDJWT.reservedNames.contains(name) else {
                throw SDJWTFault(reason: "a claim is named \"\(name)\", which is reserved")
            }
            let place = path + [.member(name)]
            let inner = try self.value(value, at: place)
            if disclosable.contains(place) {
                digests.append(digest(name, inner, at: place))
            } else {
                open[name] = inner
            }
        }
        // Sorted, because the order of the claims would tell which digest is which.
        if !digests.isEmpty { open["_sd"] = .array(digests.sorted().map { .string($0) }) }
        return open
    }

    private mutating func digest(_ name: String?, _ value: JSONValue, at place: [ClaimPathStep]) -> String {
        let text = Disclosure.text(salt: randomness.bytes(ClaimConcealer.saltLength), name: name, value: value)
        concealed.insert(place)
        disclosures.append(text)
        return Disclosure.digest(of: text, .sha256, hashing)
    }
}
