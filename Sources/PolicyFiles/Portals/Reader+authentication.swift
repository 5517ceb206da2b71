import Identity
import JOSE
import Primitives

/// How a portal authenticates, with the places that other keys may speak against.
struct ReadAuthentication {
    /// `nil` when the method is there and what belongs to it is not right.
    let authentication: PortalAuthentication?
    let method: Placed<AuthenticationWord>
    /// Keys of `private_key_jwt`.
    let keys: [Placed<JWK>]
}

/// The words for the methods of client authentication (OpenID Connect Core §9).
enum AuthenticationWord: String, CaseIterable {
    case secretBasic = "client_secret_basic"
    case secretPost = "client_secret_post"
    case privateKeyJWT = "private_key_jwt"
    case none

    /// What stands beside the method.
    var ownKey: String? {
        switch self {
        case .secretBasic, .secretPost: "secretSHA256"
        case .privateKeyJWT: "jwks"
        case .none: nil
        }
    }
}

extension Reader where Output == ReadAuthentication {
    static var authentication: Reader {
        let expectation = "how the portal authenticates, for example `{method: client_secret_basic, secretSHA256: …}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let method = map.required("method", Reader<AuthenticationWord>.word().placed)
            let (secret, keys): (Digest?, [Placed<JWK>]?)
            switch method?.value {
            case .secretBasic, .secretPost: (secret, keys) = (map.required("secretSHA256", .secretHash), nil)
            case .privateKeyJWT: (secret, keys) = (nil, map.required("jwks", .keySet))
            case AuthenticationWord.none?: (secret, keys) = (nil, nil)
            case nil:
                // Of an unknown method it is unknown what belongs to it.
                _ = (map.entry("secretSHA256"), map.entry("jwks"))
                (secret, keys) = (nil, nil)
            }
            if let method { reportForeignKeys(beside: method.value, &map) }
            map.finish()
            guard let method else { return nil }
            return ReadAuthentication(
                authentication: authentication(method.value, secret, keys), method: method, keys: keys ?? [])
        }
    }

    private static func authentication(
        _ method: AuthenticationWord, _ secret: Digest?, _ keys: [Placed<JWK>]?
    ) -> PortalAuthentication? {
        switch method {
        case .secretBasic: secret.map { .secretBasic($0) }
        case .secretPost: secret.map { .secretPost($0) }
        case .privateKeyJWT: keys.map { .privateKeyJWT($0.map(\.value)) }
        case .none: PortalAuthentication.none
        }
    }

    private static func reportForeignKeys(beside method: AuthenticationWord, _ map: inout MapReader) {
        for key in ["jwks", "secretSHA256"] where key != method.ownKey {
            guard let entry = map.entry(key) else { continue }
            map.faults.report("`\(key)` does not go with the method `\(method.rawValue)`: take it out", at: entry.place)
        }
    }
}

extension Reader where Output == Digest {
    /// Of no bytes at all (FIPS 180-4): someone hashed an empty variable.
    private static var ofNothing: String { "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }

    fileprivate static var secretHash: Reader {
        scalar("the SHA-256 of the secret, 64 hexadecimal digits") { text, _ throws(Misreading) in
            guard let digest = Hexadecimal.decode(text).flatMap({ Digest($0) }) else {
                // What stands here may be the secret itself: it is not repeated.
                throw Misreading(
                    "this is no SHA-256: expected 64 hexadecimal digits, as `printf %s SECRET | sha256sum` prints them")
            }
            guard digest.description != ofNothing else {
                throw Misreading("this is the SHA-256 of an empty secret: hash the secret itself")
            }
            return digest
        }
    }
}
