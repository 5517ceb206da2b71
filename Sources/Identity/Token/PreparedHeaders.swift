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

    func header(_ kind: OwnToken.Kind, key: TokenSigner) -> PreparedHeader {
        headers.withLock { headers in
            let name = Name(kind: kind, keyID: key.keyID)
            if let header = headers[name] { return header }
            let header = PreparedHeader(algorithm: key.signer.algorithm, type: kind.rawValue, keyID: key.keyID)
            if headers.count >= PreparedHeaders.capacity { headers = [:] }
            headers[name] = header
            return header
        }
    }
}
