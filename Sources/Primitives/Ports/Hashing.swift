/// Hash functions that Chancery writes or reads (FIPS 180-4). SHA-1 is absent on purpose.
package enum HashAlgorithm: String, Hashable, Sendable, CaseIterable {
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"

    /// Output length in bytes.
    package var length: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}

/// Port for hashing; the adapter is `OpenSSLCrypto`.
package protocol Hashing: Sendable {
    /// The hash of the concatenated `parts`, `algorithm.length` bytes.
    func hash(_ algorithm: HashAlgorithm, _ parts: [ArraySlice<UInt8>]) -> [UInt8]
}

extension Hashing {
    package func sha256(_ bytes: [UInt8]) -> Digest {
        sha256([bytes[...]])
    }

    package func sha256(_ parts: [ArraySlice<UInt8>]) -> Digest {
        guard let digest = Digest(hash(.sha256, parts)) else {
            // A hash of another length would be an adapter's fault that must not go unseen.
            Unrecoverable.stop("SHA-256 adapter returned a value that is not 32 bytes")
        }
        return digest
    }
}
