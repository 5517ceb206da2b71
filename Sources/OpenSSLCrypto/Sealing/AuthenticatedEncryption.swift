import COpenSSL
import Primitives

/// AES-256-GCM (SP 800-38D) with nonces of 12 bytes and tags of 16.
enum AuthenticatedEncryption {
    static let nonceLength = 12
    static let tagLength = 16
    /// Far above any document; OpenSSL counts in 32 bits.
    static let maximumLength = 1 << 30

    /// The ciphertext, then the tag.
    ///
    /// - Parameter key: 32 bytes; must never meet `nonce` again.
    static func encrypt(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating context: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        let operation = "encrypt"
        let cipher = try CipherContext(operation, plaintext.count, key: key, nonce: nonce)
        let pointer = unsafe cipher.pointer
        try OpenSSLError.check(
            unsafe EVP_EncryptInit_ex2(pointer, CipherMethod.shared.pointer, key, nonce, nil), operation)
        var count: Int32 = 0
        try OpenSSLError.check(unsafe EVP_EncryptUpdate(pointer, nil, &count, context, Int32(context.count)), operation)
        return unsafe try [UInt8](filling: plaintext.count + tagLength) { result throws(OpenSSLError) in
            let tag = unsafe result.baseAddress.map { unsafe $0 + plaintext.count }
            if !plaintext.isEmpty {
                let length = Int32(plaintext.count)
                try OpenSSLError.check(
                    unsafe EVP_EncryptUpdate(pointer, result.baseAddress, &count, plaintext, length), operation)
            }
            try OpenSSLError.check(unsafe EVP_EncryptFinal_ex(pointer, tag, &count), operation)
            let tagResult = unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), tag)
            try OpenSSLError.check(tagResult, operation)
            return result.count
        }
    }

    /// `nil` when key, nonce or context are others, or a bit was changed.
    static func decrypt(
        _ sealed: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], authenticating context: [UInt8]
    ) throws(OpenSSLError) -> [UInt8]? {
        defer { OpenSSLError.clear() }
        let operation = "decrypt"
        guard sealed.count >= tagLength else { return nil }
        let ciphertext = Array(sealed.dropLast(tagLength))
        var tag = Array(sealed.suffix(tagLength))
        let cipher = try CipherContext(operation, ciphertext.count, key: key, nonce: nonce)
        let pointer = unsafe cipher.pointer
        try OpenSSLError.check(
            unsafe EVP_DecryptInit_ex2(pointer, CipherMethod.shared.pointer, key, nonce, nil), operation)
        var count: Int32 = 0
        try OpenSSLError.check(unsafe EVP_DecryptUpdate(pointer, nil, &count, context, Int32(context.count)), operation)
        var result = [UInt8](repeating: 0, count: ciphertext.count)
        if !ciphertext.isEmpty {
            try OpenSSLError.check(
                unsafe EVP_DecryptUpdate(pointer, &result, &count, ciphertext, Int32(ciphertext.count)), operation)
        }
        let tagResult = unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag)
        try OpenSSLError.check(tagResult, operation)
        var rest = [UInt8](repeating: 0, count: 16)
        return unsafe EVP_DecryptFinal_ex(pointer, &rest, &count) == 1 ? result : nil
    }
}

/// AES-256-GCM, looked up once.
///
/// `@unchecked Sendable`: never written after the fetch and never freed.
@safe private struct CipherMethod: @unchecked Sendable {
    let pointer: OpaquePointer

    static let shared = CipherMethod()

    private init() {
        guard let method = unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
            Unrecoverable.stop("OpenSSL was built without AES-GCM")
        }
        unsafe pointer = method
    }
}

/// One encryption or decryption, freed at the end of its scope.
@safe private struct CipherContext: ~Copyable {
    let pointer: OpaquePointer

    /// - Throws: also when lengths do not fit, before OpenSSL reads past an array.
    init(_ operation: String, _ length: Int, key: [UInt8], nonce: [UInt8]) throws(OpenSSLError) {
        guard key.count == 32, nonce.count == AuthenticatedEncryption.nonceLength,
            length <= AuthenticatedEncryption.maximumLength
        else { throw OpenSSLError(operation: operation, reasons: ["key, nonce or message has a wrong length"]) }
        unsafe pointer = try OpenSSLError.check(EVP_CIPHER_CTX_new(), operation)
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(pointer)
    }
}
