import JOSE
import Primitives
import Synchronization

/// Headers of the tokens made here; there are as many as kinds of token and live keys.
final class PreparedHeaders: Sendable {
    private struct Name: Hashable {
        let kind: OwnToken.Kind
        let keyID: String
    }

    private static let capacity = 64
    private let headers = Mutex<[Name: PreparedHeader]>([:])
    /// Encoded headers of access tokens with what they say. Looked through from the front: there are one or two.
    private let keyIDs = Mutex<[(header: [UInt8], keyID: String)]>([])

    func header(_ kind: OwnToken.Kind, key: TokenSigner) -> PreparedHeader {
        headers.withLock { headers in
            let name = Name(kind: kind, keyID: key.keyID)
            if let header = headers[name] { return header }
            let header = PreparedHeader(algorithm: key.signer.algorithm, type: kind.rawValue, keyID: key.keyID)
            if headers.count >= PreparedHeaders.capacity { headers = [:] }
            headers[name] = header
            if kind == .accessToken { note(ofAccessToken: Array(header.encoded.utf8)[...], keyID: key.keyID) }
            return header
        }
    }

    /// Of a token that was made, or checked: after a restart, and of keys that no longer sign.
    func note(ofAccessToken header: ArraySlice<UInt8>, keyID: String) {
        keyIDs.withLock { keyIDs in
            if keyIDs.contains(where: { $0.header[...] == header }) { return }
            if keyIDs.count >= PreparedHeaders.capacity { keyIDs = [] }
            keyIDs.append((Array(header), keyID))
        }
    }

    /// The key that an access token with this header is signed by; `nil` for a header that was not seen here lately.
    func keyID(ofAccessToken header: ArraySlice<UInt8>) -> String? {
        keyIDs.withLock { $0.first { $0.header[...] == header }?.keyID }
    }
}
