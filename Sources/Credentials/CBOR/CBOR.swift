/// A CBOR data item (RFC 8949). Written deterministically (§4.2.1) and read only where it is.
package indirect enum CBOR: Hashable, Sendable {
    case unsigned(UInt64)
    /// The number −1 − n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map(CBORMap)
    case tagged(UInt64, CBOR)
    case bool(Bool)
    case null
    case undefined
    /// A simple value without a name: 0 to 19 or 32 to 255.
    case simple(UInt8)
    case float(Double)

    package static func integer(_ value: Int64) -> CBOR {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(-1 - value))
    }

    /// A whole number that fits.
    package var integer: Int64? {
        switch self {
        case .unsigned(let value): Int64(exactly: value)
        case .negative(let value): Int64(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    package var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    package var array: [CBOR]? {
        if case .array(let array) = self { array } else { nil }
    }

    package var map: CBORMap? {
        if case .map(let map) = self { map } else { nil }
    }
}

/// The pairs of a CBOR map; no key stands twice.
package struct CBORMap: Hashable, Sendable {
    private var values: [CBOR: CBOR] = [:]

    package init() {}

    package var count: Int { values.count }
    package var isEmpty: Bool { values.isEmpty }

    package subscript(key: CBOR) -> CBOR? {
        get { values[key] }
        set { values[key] = newValue }
    }

    package subscript(label: Int64) -> CBOR? {
        get { values[.integer(label)] }
        set { values[.integer(label)] = newValue }
    }

    package subscript(name: String) -> CBOR? {
        get { values[.text(name)] }
        set { values[.text(name)] = newValue }
    }

    /// Keys and values as written, in the order of the encoded keys (RFC 8949 §4.2.1).
    var encodedPairs: [(key: [UInt8], value: [UInt8])] {
        values.map { (key: $0.key.encoded, value: $0.value.encoded) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
