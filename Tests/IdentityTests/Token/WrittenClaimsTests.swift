import OpenSSLCrypto
import Primitives
import Testing

@testable import Identity

@Suite struct WrittenClaimsTests {
    private static let issuer = "https://sign-on.example"

    private static func token(_ change: (inout Parts) -> Void = { _ in }) -> AccessToken {
        var parts = Parts()
        change(&parts)
        let at = Instant(secondsSinceEpoch: 1_800_000_000)
        return AccessToken(
            id: "jti", subject: parts.subject, clientID: "portal", scope: parts.scopes.joined(separator: " "),
            audiences: parts.audiences,
            issuedAt: at, expiresAt: at.adding(seconds: 300), grantID: parts.grantID, sessionName: parts.sessionName,
            acr: parts.grantID == nil ? nil : .substantial, authenticatedAt: parts.grantID == nil ? nil : at,
            actor: parts.actor, keyThumbprint: parts.keyThumbprint, origins: parts.origins)
    }

    struct Parts {
        var subject = "portal"
        var scopes: [String] = []
        var audiences = ["https://sign-on.example"]
        var grantID: Identifier<Grant>?
        var sessionName: String?
        var actor: JSONObject?
        var keyThumbprint: String?
        var origins: [String] = []
    }

    /// Of each kind that is made: a service's, a person's, a bound one, one that was traded in.
    private static let tokens = [
        token(),
        token { $0.scopes = ["license:read", "license:write"] },
        token {
            ($0.subject, $0.scopes) = ("pairwise", ["openid"])
            ($0.grantID, $0.sessionName) = (Identifier(from: OpenSSLRandomness()), "session")
        },
        token { ($0.audiences, $0.keyThumbprint) = (["a", "b"], "thumbprint") },
        token {
            $0.actor = JSONObject([("sub", "first"), ("act", ["sub": "second {\u{4E2D}}"])])
            $0.origins = ["one", "two"]
        },
    ]

    private func payload(_ token: AccessToken) -> [UInt8] {
        token.payload(issuer: WrittenClaimsTests.issuer)
    }

    @Test func `every kind of token is read as it was written`() {
        for token in WrittenClaimsTests.tokens {
            #expect(WrittenClaims.token(payload(token), issuer: WrittenClaimsTests.issuer) == token)
        }
    }

    @Test func `another issuer is refused`() {
        for token in WrittenClaimsTests.tokens {
            #expect(WrittenClaims.token(payload(token), issuer: "https://other.example") == nil)
        }
    }

    @Test func `what is cut off is refused, wherever it ends`() {
        for token in WrittenClaimsTests.tokens {
            let bytes = payload(token)
            for length in bytes.indices {
                #expect(WrittenClaims.token(Array(bytes[..<length]), issuer: WrittenClaimsTests.issuer) == nil)
            }
        }
    }

    @Test func `a changed byte says another thing or is refused, and never traps`() {
        for token in WrittenClaimsTests.tokens {
            let bytes = payload(token)
            for index in bytes.indices {
                for value: UInt8 in [0, UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "9"), 0xFF] {
                    guard value != bytes[index] else { continue }
                    var changed = bytes
                    changed[index] = value
                    #expect(WrittenClaims.token(changed, issuer: WrittenClaimsTests.issuer) != token)
                }
            }
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"iss":"https://sign-on.example"}"#, #"[]"#, #"{"new":"claim"}"#, #"{"iat":-1}"#, #"{"iat":1.5}"#,
        #"{"iat":9999999999999}"#, #"{"sub":"\u0041"}"#, #"{"act":"{"}"#, #"{"aud":[]}"#, #"{"sub" :"a"}"#,
    ])
    func `claims in another form are left to the reader of all tokens`(text: String) {
        #expect(WrittenClaims.token(Array(text.utf8), issuer: WrittenClaimsTests.issuer) == nil)
    }
}
