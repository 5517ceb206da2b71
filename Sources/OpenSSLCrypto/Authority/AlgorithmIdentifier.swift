import Primitives

/// DER AlgorithmIdentifier of signatures (RFC 5758 §3.2, RFC 4055 §3.1 and §5, RFC 8410 §3).
enum AlgorithmIdentifier {
    static func signature(_ algorithm: SignatureAlgorithm) -> [UInt8] {
        switch algorithm {
        case .es256: DER.sequence(DER.oid("1.2.840.10045.4.3.2"))
        case .es384: DER.sequence(DER.oid("1.2.840.10045.4.3.3"))
        case .rs256: DER.sequence(DER.oid("1.2.840.113549.1.1.11"), DER.null)
        case .ps256: rsaPSS(.sha256)
        case .eddsa: DER.sequence(DER.oid("1.3.101.112"))
        }
    }

    /// With MGF1 over the same hash and a salt as long as the hash.
    static func rsaPSS(_ hash: HashAlgorithm) -> [UInt8] {
        let number =
            switch hash {
            case .sha256: "1"
            case .sha384: "2"
            case .sha512: "3"
            }
        let name = DER.sequence(DER.oid("2.16.840.1.101.3.4.2." + number), DER.null)
        let mask = DER.sequence(DER.oid("1.2.840.113549.1.1.8"), name)
        let salt = DER.integer(UInt64(hash.length))
        let parameters = DER.sequence(DER.explicit(0, name), DER.explicit(1, mask), DER.explicit(2, salt))
        return DER.sequence(DER.oid("1.2.840.113549.1.1.10"), parameters)
    }
}
