package import JOSE
import Primitives

/// Why a text is not a bundle.
package struct BundleFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { "not a bundle: \(reason)" }
}

/// One signed file for verifiers without a network: a compact JWS whose payload lists certificates, status-list tokens and
/// revocation lists.
///
/// Its signature is not checked here, and nothing in it is trusted for standing in it: status tokens and revocation
/// lists carry signatures of their own, certificates need a path, and `anchors` are what the authority says of itself.
package struct Bundle: Hashable, Sendable {
    /// The header's `typ`.
    package static let type = "chancery-bundle+jwt"
    /// Characters of the whole text.
    package static let maximumLength = 32 << 20
    private static let maximumEntries = 4096

    package let jws: JWS
    /// DER.
    package let anchors: [[UInt8]]
    /// DER.
    package let certificates: [[UInt8]]
    /// Compact JWTs.
    package let statusTokens: [String]
    /// DER, by name.
    package let revocationLists: [String: [UInt8]]

    /// Reads a bundle's text; white space around it is the caller's to remove.
    package init(parsing text: String) throws(BundleFault) {
        do {
            jws = try JWS(parsing: text, maximumLength: Bundle.maximumLength)
        } catch {
            throw BundleFault(reason: error.reason)
        }
        guard jws.type == Bundle.type else { throw BundleFault(reason: "its type is not \(Bundle.type)") }
        let payload: JSONValue
        do {
            payload = try JSONReader.read(jws.payload, maximumDepth: 4)
        } catch {
            throw BundleFault(reason: "its payload is not JSON")
        }
        anchors = try Bundle.binaries(payload, "anchors")
        certificates = try Bundle.binaries(payload, "certificates")
        statusTokens = try Bundle.texts(payload, "statusTokens")
        revocationLists = try Bundle.named(payload, "revocationLists")
    }

    /// The payload of a bundle, as `init(parsing:)` reads it.
    static func payload(
        issuer: String, issuedAt: Int64, anchors: [[UInt8]], certificates: [[UInt8]], statusTokens: [String],
        revocationLists: [String: [UInt8]]
    ) -> [UInt8] {
        let lists = revocationLists.sorted { $0.key < $1.key }.map {
            ($0.key, JSONValue.string(Base64.encode($0.value)))
        }
        let payload = JSONObject([
            ("iss", .string(issuer)), ("iat", .integer(issuedAt)),
            ("anchors", .array(anchors.map { .string(Base64.encode($0)) })),
            ("certificates", .array(certificates.map { .string(Base64.encode($0)) })),
            ("statusTokens", .array(statusTokens.map { .string($0) })),
            ("revocationLists", .object(JSONObject(lists))),
        ])
        return JSONValue.object(payload).compactBytes
    }

    private static func texts(_ payload: JSONValue, _ member: String) throws(BundleFault) -> [String] {
        guard let values = payload[member]?.array, values.count <= maximumEntries else {
            throw BundleFault(reason: "\(member) is missing, no list, or too long")
        }
        let texts = values.compactMap(\.string)
        guard texts.count == values.count else {
            throw BundleFault(reason: "\(member) holds something else than texts")
        }
        return texts
    }

    private static func binaries(_ payload: JSONValue, _ member: String) throws(BundleFault) -> [[UInt8]] {
        let texts = try texts(payload, member)
        let binaries = texts.compactMap { Base64.decode($0) }
        guard binaries.count == texts.count else { throw BundleFault(reason: "\(member) is not in base 64") }
        return binaries
    }

    private static func named(_ payload: JSONValue, _ member: String) throws(BundleFault) -> [String: [UInt8]] {
        guard let object = payload[member]?.object, object.count <= maximumEntries else {
            throw BundleFault(reason: "\(member) is missing, no object, or too long")
        }
        let pairs = object.members.compactMap { name, value in
            value.string.flatMap { Base64.decode($0) }.map { (name, $0) }
        }
        guard pairs.count == object.count else { throw BundleFault(reason: "\(member) is not in base 64") }
        return Dictionary(pairs) { first, _ in first }
    }
}
