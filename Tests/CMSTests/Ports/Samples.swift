import CMS
import OpenSSLCrypto
import Primitives

/// Signatures and tokens of ours, and the whole of what a verifier without paths can say of them.
enum Samples {
    static let content = Array("The licensee may sell bread.".utf8)
    static let hashing = OpenSSLHashing()
    static let verifier = OpenSSLSignatureVerifier()
    static let moment = Instant(secondsSinceEpoch: 1_795_334_400)

    static func digest(_ algorithm: HashAlgorithm) -> [UInt8] { hashing.hash(algorithm, [content[...]]) }

    static func signer(_ algorithm: SignatureAlgorithm = .es256) throws -> OpenSSLSigner {
        guard let signer = try TestAuthority.shared().signers[algorithm] else {
            throw OpenSSLCommand.Failure(description: "no signer for \(algorithm)")
        }
        return signer
    }

    /// A detached signature over `content`.
    static func signature(
        _ algorithm: SignatureAlgorithm = .es256, isTimeStamped: Bool = false, isRehearsed: Bool = false
    ) throws -> [UInt8] {
        let authority = try authority(isRehearsed: isRehearsed)
        let signer = try signer(algorithm)
        return try PAdESSignature.make(
            messageDigest: digest(algorithm.hash), by: isRehearsed ? SignatureRehearsal(of: signer) : signer,
            hashing: hashing,
            timeStamp: isTimeStamped
                ? { try authority.token(hash: hashing.hash(.sha256, [$0[...]]), algorithm: .sha256, at: moment) } : nil)
    }

    static func authority(isRehearsed: Bool = false) throws -> TimeStampAuthority {
        let signer = try TestAuthority.shared().timeStamper
        return TimeStampAuthority(
            signer: isRehearsed ? try SignatureRehearsal(of: signer) : signer, hashing: hashing,
            randomness: OpenSSLRandomness())
    }

    /// A token over `content`.
    static func token(nonce: [UInt8]? = nil) throws -> [UInt8] {
        try authority().token(hash: digest(.sha256), algorithm: .sha256, nonce: nonce, at: moment)
    }

    static func isValid(_ data: SignedData) -> Bool {
        guard data.content == nil, let certificate = data.signerCertificate, let key = data.signerPublicKey else {
            return false
        }
        return data.isDigest(of: [content[...]], hashing: hashing) && data.namesSigner(certificate, hashing: hashing)
            && data.isSignatureValid(publicKey: key, verifier: verifier)
    }

    static func isValidSignature(_ der: [UInt8]) -> Bool {
        (try? SignedData(parsing: der)).map(isValid) ?? false
    }

    static func isValidToken(_ der: [UInt8]) -> Bool {
        (try? TimeStampToken(parsing: der))?.isValid(over: content, hashing: hashing, verifier: verifier) ?? false
    }

    /// What reading `der` is refused with.
    static func refusal(_ der: [UInt8]) -> CMSFault? {
        do throws(CMSFault) {
            _ = try SignedData(parsing: der)
            return nil
        } catch {
            return error
        }
    }
}
