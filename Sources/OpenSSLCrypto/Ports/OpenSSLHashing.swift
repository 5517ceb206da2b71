import COpenSSL
package import Primitives

/// SHA-2 by OpenSSL; the algorithms are fetched once.
package struct OpenSSLHashing: Hashing {
    package init() {}

    package func hash(_ algorithm: HashAlgorithm, _ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        guard let context = DigestContext(), let result = context.hash(parts, with: DigestMethod.of(algorithm)) else {
            // Only lack of memory comes here, and an invented hash must never be signed or compared.
            Unrecoverable.stop("the hash function failed")
        }
        return result
    }
}

/// A hash function of OpenSSL.
@safe struct DigestMethod: @unchecked Sendable {
    /// Never written after the fetch and never freed, so that threads may share it.
    let pointer: OpaquePointer
    let length: Int

    private static let sha256 = DigestMethod(.sha256)
    private static let sha384 = DigestMethod(.sha384)
    private static let sha512 = DigestMethod(.sha512)

    static func of(_ algorithm: HashAlgorithm) -> DigestMethod {
        switch algorithm {
        case .sha256: sha256
        case .sha384: sha384
        case .sha512: sha512
        }
    }

    private init(_ algorithm: HashAlgorithm) {
        let name =
            switch algorithm {
            case .sha256: "SHA2-256"
            case .sha384: "SHA2-384"
            case .sha512: "SHA2-512"
            }
        guard let method = unsafe EVP_MD_fetch(nil, name, nil) else {
            Unrecoverable.stop("OpenSSL was built without SHA-2")
        }
        unsafe pointer = method
        length = algorithm.length
    }
}

/// One running hash, freed at the end of its scope.
@safe struct DigestContext: ~Copyable {
    let pointer: OpaquePointer

    /// `nil` when memory is short.
    init?() {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        unsafe pointer = context
    }

    deinit {
        unsafe EVP_MD_CTX_free(pointer)
    }

    /// The hash over `parts` in order.
    func hash(_ parts: [ArraySlice<UInt8>], with method: DigestMethod) -> [UInt8]? {
        guard unsafe EVP_DigestInit_ex2(pointer, method.pointer, nil) == 1 else { return nil }
        for part in parts {
            let isTaken = unsafe part.withUnsafeBytes {
                unsafe EVP_DigestUpdate(pointer, $0.baseAddress, $0.count)
            }
            guard isTaken == 1 else { return nil }
        }
        return unsafe try? [UInt8](filling: method.length) { result throws(OpenSSLError) in
            try OpenSSLError.check(unsafe EVP_DigestFinal_ex(pointer, result.baseAddress, nil), "hash")
            return method.length
        }
    }
}
