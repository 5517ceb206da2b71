import COpenSSL
import Licensing

extension PathRefusal {
    /// Why `X509_verify_cert` said no, with the name of the certificate that it stopped at.
    init(verifying context: OpaquePointer) {
        let code = unsafe X509_STORE_CTX_get_error(context)
        let reason = unsafe String(cString: X509_verify_cert_error_string(Int(code)))
        var subject = ""
        if let current = unsafe X509_STORE_CTX_get_current_cert(context) {
            subject = unsafe ": " + DistinguishedNameText.rfc4514(X509_get_subject_name(current))
        }
        self = PathRefusal.sorted(code, reason + subject)
    }

    private static func sorted(_ code: Int32, _ detail: String) -> PathRefusal {
        switch code {
        case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid(detail)
        case X509_V_ERR_CERT_HAS_EXPIRED: .expired(detail)
        case X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE,
            X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
            .badSignature(detail)
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK,
            X509_V_ERR_EC_KEY_EXPLICIT_PARAMS:
            .weak(detail)
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
            X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_CERT_UNTRUSTED,
            X509_V_ERR_OUT_OF_MEM:
            .noChain(detail)
        default: .constraint(detail)
        }
    }
}
