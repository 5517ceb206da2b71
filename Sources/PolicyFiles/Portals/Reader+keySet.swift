import JOSE
import Primitives

extension Reader where Output == [Placed<JWK>] {
    /// A JWK set (RFC 7517 §5) of public signature keys, written as YAML or JSON.
    static var keySet: Reader {
        let expectation = "a set of public keys, for example `{keys: [{kty: EC, crv: P-256, x: …, y: …}]}`"
        let list = Reader<[Placed<JWK>]>.list(of: .publicKey, in: 1...16)
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let keys = map.required("keys", list)
            map.finish()
            guard let keys, !keys.isEmpty else { return nil }
            let names = keys.compactMap { key in key.value.keyID.map { Placed(value: $0, place: key.place) } }
            faults.reportRepeated(names, "the `kid`")
            if keys.count > 1 {
                for key in keys where key.value.keyID == nil {
                    faults.report("this key needs a `kid`: there is more than one", at: key.place)
                }
            }
            return keys
        }
    }
}

extension Reader where Output == JWK {
    fileprivate static var publicKey: Reader {
        let expectation = "a public key as JWK, for example `{kty: EC, crv: P-256, x: …, y: …}`"
        return Reader(expectation) { value, faults in
            guard case .map(let entries) = value.content else {
                faults.report("expected \(expectation), found \(value.kind)", at: value.place)
                return nil
            }
            do throws(JWKFault) {
                return try JWK(reading: JSONObject(entries.map { ($0.key, $0.value.json) }))
            } catch {
                faults.report("this key cannot be used: \(error.reason)", at: value.place)
                return nil
            }
        }
    }
}

extension YAMLValue {
    /// As JSON; every plain word is a string, which is what members of keys are.
    fileprivate var json: JSONValue {
        switch content {
        case .nothing: .null
        case .scalar(let text, _): .string(text)
        case .list(let values): .array(values.map(\.json))
        case .map(let entries): .object(JSONObject(entries.map { ($0.key, $0.value.json) }))
        }
    }
}
