/// A public key with its algorithm (RFC 5280 §4.1.2.7), as far as JOSE has to look into it.
struct SubjectPublicKeyInfo: Hashable, Sendable {
    enum Kind: Hashable, Sendable, CaseIterable {
        case p256, p384, rsa, rsaPSS, ed25519

        /// The content of the AlgorithmIdentifier. For RSASSA-PSS only its beginning: parameters follow (RFC 4055 §3.1).
        var algorithm: [UInt8] {
            switch self {
            case .p256:
                [0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1, 0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]
            case .p384: [0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1, 0x06, 5, 0x2B, 0x81, 4, 0, 0x22]
            case .rsa: [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 0x05, 0]
            case .rsaPSS: [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0A]
            case .ed25519: [0x06, 3, 0x2B, 0x65, 0x70]
            }
        }
    }

    let kind: Kind
    /// The key as the algorithm writes it: a point, an RSAPublicKey, 32 bytes.
    let key: [UInt8]

    init(_ kind: Kind, key: [UInt8]) {
        (self.kind, self.key) = (kind, key)
    }

    /// `nil` when the DER is malformed or the kind of key is none of these.
    init?(_ der: [UInt8]) {
        var outer = DERReader(der[...])
        guard let sequence = outer.content(of: .sequence), outer.isAtEnd else { return nil }
        var inner = DERReader(sequence)
        guard let algorithm = inner.content(of: .sequence), let bits = inner.content(of: .bitString), inner.isAtEnd,
            bits.first == 0,
            let kind = Kind.allCases.first(where: { kind in
                kind == .rsaPSS ? algorithm.starts(with: kind.algorithm) : Array(algorithm) == kind.algorithm
            })
        else { return nil }
        self.init(kind, key: Array(bits.dropFirst()))
    }

    var der: [UInt8] {
        DERWriter.value(
            .sequence, DERWriter.value(.sequence, kind.algorithm) + DERWriter.value(.bitString, [0] + key))
    }
}
