import Audit
import Identity
import Primitives
import Testing

/// Whoever names a public portal has proven nothing but a key, so its proof is spent together with what it goes with.
@Suite struct ReplayedProofTests {
    private static let key = TestKey(.es256)

    /// A proof that has served, for its tokens.
    private func spentProof(_ desk: TokenDesk) async throws -> (proof: String, tokens: JSONObject) {
        let proof = desk.proof(ReplayedProofTests.key)
        let form = TokenDesk.redemption(of: try await desk.code(for: "app"))
        return (proof, try await desk.redeem(desk.request("app", form, proofs: [proof])))
    }

    @Test func `a replayed proof spends no code, and nothing says that tokens were given`() async throws {
        let desk = try await TokenDesk()
        let proof = try await spentProof(desk).proof
        let form = TokenDesk.redemption(of: try await desk.code(for: "app"))
        #expect(try await desk.refusal(desk.request("app", form, proofs: [proof])) == .invalidDPoPProof)
        #expect(desk.entries(.tokenIssued).count == 1 && desk.entries(.tokenRefused).count == 1)
        let fresh = desk.request("app", form, proofs: [desk.proof(ReplayedProofTests.key)])
        #expect(try await desk.redeem(fresh)["token_type"] == "DPoP")
    }

    @Test func `a replayed proof spends no refresh token`() async throws {
        let desk = try await TokenDesk()
        let (proof, tokens) = try await spentProof(desk)
        let form: [String: String?] = [
            "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string,
        ]
        #expect(try await desk.refusal(desk.request("app", form, proofs: [proof])) == .invalidDPoPProof)
        #expect(desk.entries(.tokenRefreshed).isEmpty)
        // Beyond any grace: the token would be too old if it had been used.
        desk.desk.clock.advance(by: desk.signOn.policy.tokens.refreshGrace + 1)
        let fresh = desk.request("app", form, proofs: [desk.proof(ReplayedProofTests.key)])
        #expect(try await desk.redeem(fresh)["refresh_token"] != nil)
        #expect(desk.entries(.tokenRefreshed).first?.details["generation"] == 2)
    }

    @Test func `a code used twice ends its grant, whatever proof comes with it`() async throws {
        let desk = try await TokenDesk()
        let proof = desk.proof(ReplayedProofTests.key)
        let form = TokenDesk.redemption(of: try await desk.code(for: "app"))
        let tokens = try await desk.redeem(desk.request("app", form, proofs: [proof]))
        #expect(try await desk.refusal(desk.request("app", form, proofs: [proof])) == .invalidGrant)
        #expect(desk.entries(.codeReplayed).count == 1)
        let token = tokens["refresh_token"]?.string
        #expect(
            try await desk.refusal(desk.refreshing("app", token, key: ReplayedProofTests.key)) == .invalidGrant)
    }

    @Test func `of fifty codes that come with one proof, one is spent`() async throws {
        let desk = try await TokenDesk()
        let proof = desk.proof(ReplayedProofTests.key)
        var forms: [[String: String?]] = []
        for _ in 0..<50 { forms.append(TokenDesk.redemption(of: try await desk.code(for: "app"))) }
        let left: [[String: String?]] = try await withThrowingTaskGroup(of: [String: String?]?.self) { group in
            for form in forms {
                group.addTask {
                    try await desk.refusal(desk.request("app", form, proofs: [proof])) == nil ? nil : form
                }
            }
            return try await group.reduce(into: []) { left, form in if let form { left.append(form) } }
        }
        #expect(left.count == 49 && desk.entries(.tokenIssued).count == 1)
        for form in left {
            #expect(
                try await desk.refusal(
                    desk.request("app", form, proofs: [desk.proof(ReplayedProofTests.key)])) == nil)
        }
    }
}
