import COpenSSL
import Primitives

/// The kinds of public key that Chancery works with; every other key is weak or foreign.
enum KeyKind: Hashable, Sendable {
    case p256, p384, p521
    /// 2048 to 8192 bits: less is weak, more only costs time.
    case rsa
    /// The same, bound to PSS by its algorithm identifier (RFC 4055 §3.1).
    case rsaPSS
    case ed25519

    /// `nil` for other kinds, RSA under 2048 or over 8192 bits, other curves and curves given by explicit parameters.
    init?(of key: OpaquePointer) {
        defer { OpenSSLError.clear() }
        if unsafe EVP_PKEY_is_a(key, "EC") == 1 {
            guard let curve = unsafe KeyKind.curve(of: key) else { return nil }
            self = curve
        } else if unsafe EVP_PKEY_is_a(key, "ED25519") == 1 {
            self = .ed25519
        } else {
            guard unsafe (2048...8192).contains(EVP_PKEY_get_bits(key)) else { return nil }
            if unsafe EVP_PKEY_is_a(key, "RSA") == 1 {
                self = .rsa
            } else if unsafe EVP_PKEY_is_a(key, "RSA-PSS") == 1 {
                self = .rsaPSS
            } else {
                return nil
            }
        }
    }

    /// Whether Chancery makes signatures of `algorithm` with such keys.
    func isUsed(for algorithm: SignatureAlgorithm) -> Bool {
        switch algorithm {
        case .es256: self == .p256
        case .es384: self == .p384
        case .ps256, .rs256: self == .rsa
        case .eddsa: self == .ed25519
        }
    }

    /// What Chancery signs with such a key unless it is told; `nil` when it does not sign with it.
    var usualAlgorithm: SignatureAlgorithm? {
        switch self {
        case .p256: .es256
        case .p384: .es384
        case .rsa: .ps256
        case .ed25519: .eddsa
        case .p521, .rsaPSS: nil
        }
    }

    /// For people.
    var word: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .rsa: "RSA"
        case .rsaPSS: "RSA-PSS"
        case .ed25519: "Ed25519"
        }
    }

    private static func curve(of key: OpaquePointer) -> KeyKind? {
        // Parameters that spell a curve out are how CVE-2020-0601 forged a known one.
        var isExplicit: Int32 = 0
        let name = OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS
        guard unsafe EVP_PKEY_get_int_param(key, name, &isExplicit) == 1, isExplicit == 0 else { return nil }
        var group = [CChar](repeating: 0, count: 32)
        var count = 0
        guard unsafe EVP_PKEY_get_group_name(key, &group, group.count, &count) == 1, count < group.count else {
            return nil
        }
        return switch String(decoding: group.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) {
        case "prime256v1": .p256
        case "secp384r1": .p384
        case "secp521r1": .p521
        default: nil
        }
    }
}
