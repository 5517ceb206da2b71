import SwiftASN1

/// One DER value kept as the bytes it came in.
struct EncodedValue: DERParseable, DERSerializable, Hashable, Sendable {
    static let null = EncodedValue(bytes: [0x05, 0x00])

    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(derEncoded node: ASN1Node) {
        bytes = Array(node.encodedBytes)
    }

    /// Encodes a value of ours.
    init(encoding value: some DERSerializable) throws {
        var serializer = DER.Serializer()
        try serializer.serialize(value)
        bytes = serializer.serializedBytes
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.serializeRawBytes(bytes)
    }
}
