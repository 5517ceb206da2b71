@testable import Identity
import Testing

@Suite struct OAuthAnswerTests {
    static let refusals: [TokenRefusal] = [
        .repeatedParameter, .missingParameter("code"), .unusableParameter("actor_token"), .client,
        .unknownGrantType, .grantNotAllowed, .code, .redirectURI, .proofKey, .boundKey, .refreshToken, .subjectToken,
        .target, .scope, .deviceCode, .pending, .slowDown, .denied, .foreignToken, .tooManyDevices,
        .tooManyDevicesOfAddress,
        .booked(.code),
        .proof(.nonce, nonce: "n"), .proof(.replayed, nonce: "n"),
    ]

    @Test(arguments: refusals) func `descriptions are what RFC 6749 allows`(refusal: TokenRefusal) {
        let answer = OAuthAnswer(refusal)
        #expect(!answer.description.isEmpty)
        #expect(answer.description.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
        let statuses: [TokenRefusal: Int] = [.client: 401, .tooManyDevices: 503, .tooManyDevicesOfAddress: 429]
        #expect(answer.status == statuses[refusal] ?? 400)
        #expect((refusal.retryAfter != nil) == (answer.error == .temporarilyUnavailable))
    }

    @Test func `a refusal in the books is answered like any other`() {
        #expect(OAuthAnswer(TokenRefusal.booked(.code)) == OAuthAnswer(TokenRefusal.code))
    }

    @Test(
        arguments: [
            (.missing, 401, nil, ["Bearer", "DPoP"]), (.malformed, 400, .invalidRequest, ["Bearer"]),
            (.token, 401, .invalidToken, ["Bearer"]), (.scheme, 401, .invalidToken, ["Bearer", "DPoP"]),
            (.scope("a"), 403, .insufficientScope, ["Bearer"]),
            (.proof(.nonce, nonce: "n"), 401, .useDPoPNonce, ["DPoP"]),
            (.proof(.binding, nonce: "n"), 401, .invalidToken, ["DPoP"]),
            (.proof(.replayed, nonce: "n"), 401, .invalidDPoPProof, ["DPoP"]),
        ] as [(ResourceRefusal, Int, OAuthError?, [String])])
    func `a refused access token is answered with the challenge of its scheme`(
        refusal: ResourceRefusal, status: Int, error: OAuthError?, schemes: [String]
    ) {
        let answer = ResourceAnswer(refusal)
        #expect(answer.status == status && answer.error == error)
        for scheme in ["Bearer", "DPoP"] {
            #expect(answer.challenge.contains("\(scheme) ") == schemes.contains(scheme))
        }
        if case .proof = refusal { #expect(answer.nonce == "n") } else { #expect(answer.nonce == nil) }
    }
}
