import COpenSSL
import Licensing
import Primitives

/// Lets OpenSSL build a path (RFC 5280 §6) from one certificate to an anchor.
struct PathSearch {
    /// Certificates between the end entity and the anchor.
    private static let maximumDepth: Int32 = 6
    private static let maximumCandidates = 24
    private static let maximumInputs = 4096

    let leaf: X509Certificate
    let anchors: [X509Certificate]
    let at: Instant

    init(leaf: X509Certificate, anchors: [[UInt8]], at: Instant) {
        self.leaf = leaf
        self.anchors = anchors.prefix(PathSearch.maximumInputs).compactMap { X509Certificate($0) }
            .filter(\.isAuthority)
        self.at = at
    }

    /// The path, end entity first and anchor last.
    func path(over intermediates: [[UInt8]]) throws(PathRefusal) -> [X509Certificate] {
        guard !anchors.isEmpty else { throw .noChain("no certificate authority is trusted") }
        let candidates = candidates(from: intermediates)
        guard let context = unsafe X509_STORE_CTX_new(), let trusted = CertificateStack(anchors),
            let untrusted = CertificateStack(candidates)
        else { throw .noChain("out of memory") }
        defer { unsafe X509_STORE_CTX_free(context) }
        guard unsafe X509_STORE_CTX_init(context, nil, leaf.pointer, untrusted.pointer) == 1 else {
            throw .noChain("out of memory")
        }
        unsafe X509_STORE_CTX_set0_trusted_stack(context, trusted.pointer)
        let parameters = unsafe X509_STORE_CTX_get0_param(context)
        unsafe X509_VERIFY_PARAM_set_time(parameters, Int(at.secondsSinceEpoch))
        unsafe X509_VERIFY_PARAM_set_depth(parameters, PathSearch.maximumDepth)
        // Level 2 is 112 bits: no SHA-1, no RSA under 2048 bits.
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        guard unsafe X509_verify_cert(context) == 1 else { throw unsafe PathRefusal(verifying: context) }
        let known = [leaf] + candidates + anchors
        let chain = unsafe CertificateStack.ders(X509_STORE_CTX_get0_chain(context)).compactMap { der in
            known.first { $0.der == der }
        }
        guard chain.count >= 1, chain.first?.der == leaf.der else { throw .noChain("the path cannot be read back") }
        return chain
    }

    /// Certificates that bear the name of an issuer on the way up. A bundle holds hundreds of certificates that have
    /// nothing to do with this path; OpenSSL shall not try them.
    private func candidates(from intermediates: [[UInt8]]) -> [X509Certificate] {
        var seen: Set<[UInt8]> = [leaf.der]
        var rest = intermediates.prefix(PathSearch.maximumInputs).filter { seen.insert($0).inserted }
            .compactMap { X509Certificate($0) }
        var found: [X509Certificate] = []
        var level = [leaf]
        for _ in 0...PathSearch.maximumDepth where !level.isEmpty {
            let next = rest.filter { candidate in level.contains { $0.names(issuer: candidate) } }
                .prefix(PathSearch.maximumCandidates - found.count)
            rest.removeAll { candidate in next.contains { $0 === candidate } }
            found += next
            level = Array(next)
        }
        return found
    }
}

/// A list of certificates for OpenSSL; it neither owns nor frees them.
@safe struct CertificateStack: ~Copyable {
    let pointer: OpaquePointer

    /// `nil` when memory is short. `certificates` must outlive the stack.
    init?(_ certificates: [X509Certificate]) {
        guard let stack = unsafe chancery_certificates_new() else { return nil }
        for certificate in certificates {
            guard unsafe chancery_certificates_push(stack, certificate.pointer) > 0 else {
                unsafe chancery_certificates_free(stack)
                return nil
            }
        }
        unsafe pointer = stack
    }

    deinit {
        unsafe chancery_certificates_free(pointer)
    }

    static func ders(_ stack: OpaquePointer?) -> [[UInt8]] {
        guard let stack = unsafe stack else { return [] }
        return unsafe (0..<max(0, chancery_certificates_count(stack))).compactMap { index in
            unsafe try? DEREncoding.bytes("read a path") { unsafe i2d_X509(chancery_certificates_at(stack, index), $0) }
        }
    }
}
