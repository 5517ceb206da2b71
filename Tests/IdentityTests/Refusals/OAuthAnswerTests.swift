@testable import Identity
import Testing

@Suite struct OAuthAnswerTests {
    static let refusals: [TokenRefusal] = [
        .repeatedParameter, .missingParameter("code"), .unusableParameter("actor_token"), .client,
        .unknownGrantType, .grantNotAllowed, .code, .redirectURI, .proofKey, .boundKey, .refreshToken, .subjectToken,
        .target, .scope, .deviceCode, .pending, .slowDown, .denied, .foreignToken, .tooManyDevices, .booked(.code),
        .proof(.nonce, nonce: "n"), .proof(.replayed, nonce: "n"),
    ]

    @Test(arguments: refusals) func `descriptions are what RFC 6749 allows`(refusal: TokenRefusal) {
        let answer = OAuthAnswer(refusal)
        #expect(!answer.description.isEmpty)
        #expect(answer.description.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
        #expect(
            answer.status
                == (answer.error == .invalidClient ? 401 : answer.error == .temporarilyUnavailable ? 503 : 400))
    }

    @Test func `a refusal in the books is answered like any other`() {
        #expect(OAuthAnswer(TokenRefusal.booked(.code)) == OAuthAnswer(TokenRefusal.code))
    }
}
