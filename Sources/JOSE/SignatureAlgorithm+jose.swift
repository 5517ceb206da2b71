package import Primitives

extension SignatureAlgorithm {
    /// Whether `publicKey`, a DER SubjectPublicKeyInfo, is of the kind and curve that the algorithm needs
    /// (RFC 7518 §3.4: ES256 is P-256 and nothing else). Whether the key is strong enough is the verifier's question.
    package func fits(publicKey: [UInt8]) -> Bool {
        guard let kind = SubjectPublicKeyInfo(publicKey)?.kind else { return false }
        return switch self {
        case .es256: kind == .p256
        case .es384: kind == .p384
        case .rs256: kind == .rsa
        case .ps256: kind == .rsa || kind == .rsaPSS
        case .eddsa: kind == .ed25519
        }
    }

    /// A signature value of JOSE or COSE in the form of the ports; `nil` when it cannot be one.
    package func portSignature(jose signature: [UInt8]) -> [UInt8]? {
        switch self {
        case .es256, .es384: ECDSAForm.der(jose: signature, algorithm: self)
        case .eddsa: signature.count == 64 ? signature : nil
        case .ps256, .rs256: signature.isEmpty ? nil : signature
        }
    }

    /// A signature value of the ports in the form of JOSE and COSE; `nil` when it cannot be one.
    package func joseSignature(port signature: [UInt8]) -> [UInt8]? {
        switch self {
        case .es256, .es384: ECDSAForm.jose(der: signature, algorithm: self)
        case .eddsa: signature.count == 64 ? signature : nil
        case .ps256, .rs256: signature.isEmpty ? nil : signature
        }
    }
}
