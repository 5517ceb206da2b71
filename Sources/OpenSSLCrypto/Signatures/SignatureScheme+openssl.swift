import COpenSSL
import Primitives

/// What a context is prepared for.
enum SignatureDirection {
    case signing, verifying
}

extension SignatureScheme {
    /// Sets `context` up for one signature value with `key`.
    func prepare(
        _ context: OpaquePointer, key: OpaquePointer, for direction: SignatureDirection
    ) throws(OpenSSLError) {
        let operation = "prepare a signature"
        // Ed25519 hashes inside the algorithm and takes no name (RFC 8032 §5.1).
        let name: String? =
            switch (kind, hash) {
            case (.ed25519, _): nil
            case (_, .sha256): "SHA2-256"
            case (_, .sha384): "SHA2-384"
            case (_, .sha512): "SHA2-512"
            }
        var parameters: OpaquePointer?
        let result =
            switch direction {
            case .signing: unsafe EVP_DigestSignInit_ex(context, &parameters, name, nil, nil, key, nil)
            case .verifying: unsafe EVP_DigestVerifyInit_ex(context, &parameters, name, nil, nil, key, nil)
            }
        try OpenSSLError.check(result, operation)
        guard kind == .rsaPSS else { return }
        let padding = unsafe EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING)
        try OpenSSLError.check(padding, operation)
        try OpenSSLError.check(
            unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST), operation)
    }

    /// Whether keys of this kind may make such signatures.
    func admits(_ key: KeyKind) -> Bool {
        switch kind {
        case .ecdsa: key == .p256 || key == .p384 || key == .p521
        case .rsaPKCS1: key == .rsa
        case .rsaPSS: key == .rsa || key == .rsaPSS
        case .ed25519: key == .ed25519
        }
    }
}
