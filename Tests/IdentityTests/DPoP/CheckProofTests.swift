import Identity
import JOSE
import Primitives
import Testing

@Suite struct CheckProofTests {
    private static let key = TestKey(.es256)

    /// What is wrong with a request at `/token` that brings these proofs.
    private func fault(_ proofs: [String], _ desk: TokenDesk) async throws -> DPoPFault? {
        let request = desk.request("citizen", [:], proofs: proofs)
        do {
            let thumbprint = try await CheckProof(desk.signOn).thumbprint(of: request)
            #expect(thumbprint == nil || thumbprint == CheckProofTests.key.thumbprint)
            return nil
        } catch TokenRefusal.proof(let fault, let nonce) {
            #expect(nonce.utf8.count == 32)
            return fault
        }
    }

    private func fault(
        _ changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:], desk: TokenDesk
    ) async throws -> DPoPFault? {
        try await fault([desk.proof(CheckProofTests.key, changes: changes, header: header)], desk)
    }

    @Test func `a proof is good once`() async throws {
        let desk = try await TokenDesk()
        let proof = desk.proof(CheckProofTests.key)
        #expect(try await fault([proof], desk) == nil)
        #expect(try await fault([proof], desk) == .replayed)
        #expect(try await fault([], desk) == nil)
    }

    @Test func `a proof is remembered a minute longer than it could be used`() async throws {
        let desk = try await TokenDesk()
        _ = try await fault([desk.proof(CheckProofTests.key)], desk)
        let until = desk.desk.books.step { Array($0.spent.values) }
        #expect(until.allSatisfy { $0 >= desk.now.adding(seconds: 360) } && until.count == 1)
    }

    @Test func `two proofs are refused, also in one header`() async throws {
        let desk = try await TokenDesk()
        let proofs = [desk.proof(CheckProofTests.key), desk.proof(CheckProofTests.key)]
        #expect(try await fault(proofs, desk) == .several)
        #expect(try await fault([proofs.joined(separator: ", ")], desk) == .malformed)
    }

    @Test(
        arguments: [
            ("jti", nil, .malformed), ("jti", "", .malformed), ("jti", 1, .malformed), ("htm", nil, .malformed),
            ("htm", "GET", .method), ("htm", "post", .method), ("htu", nil, .malformed),
            ("htu", "https://login.example/par", .uri), ("htu", "https://evil.example/token", .uri), ("htu", "x", .uri),
            ("iat", nil, .malformed), ("iat", "now", .malformed), ("nonce", "made up", .nonce),
            ("nonce", 1, .malformed),
            ("ath", 1, .malformed),
        ] as [(String, JSONValue?, DPoPFault)])
    func `every claim is checked`(name: String, value: JSONValue?, expected: DPoPFault) async throws {
        #expect(try await fault([name: value], desk: TokenDesk()) == expected)
    }

    @Test(arguments: [(-61, .time), (-60, nil), (-10, nil), (10, nil), (61, .time)] as [(Int64, DPoPFault?)])
    func `a proof is of now`(offset: Int64, expected: DPoPFault?) async throws {
        let desk = try await TokenDesk()
        let iat = JSONValue.integer(desk.now.secondsSinceEpoch + offset)
        #expect(try await fault(["iat": iat], desk: desk) == expected)
    }

    @Test(
        arguments: [
            ("typ", "JWT", .type), ("typ", nil, .type), ("jwk", nil, .key), ("jwk", "x", .key), ("jwk", [:], .key),
            ("crit", ["exp"], .malformed), ("x5u", "https://evil.example", .malformed),
        ] as [(String, JSONValue?, DPoPFault)])
    func `the header is checked`(name: String, value: JSONValue?, expected: DPoPFault) async throws {
        #expect(try await fault(header: [name: value], desk: TokenDesk()) == expected)
    }

    @Test func `a proof that shows a private key is refused`() async throws {
        var object = CheckProofTests.key.published.bare
        object["d"] = "AAAA"
        #expect(try await fault(header: ["jwk": .object(object)], desk: TokenDesk()) == .key)
    }

    @Test func `a proof with somebody else's key is refused`() async throws {
        let other = TestKey(.es256).published.bare
        #expect(try await fault(header: ["jwk": .object(other)], desk: TokenDesk()) == .signature)
    }

    @Test func `symmetric, missing and unlisted algorithms are refused`() async throws {
        let desk = try await TokenDesk()
        let parts = desk.proof(CheckProofTests.key).split(separator: ".", omittingEmptySubsequences: false)
        for algorithm in ["none", "HS256", "ES256K"] {
            let header = Base64.encodeURL(Array(#"{"typ":"dpop+jwt","alg":"\#(algorithm)"}"#.utf8))
            #expect(try await fault(["\(header).\(parts[1]).\(parts[2])"], desk) == .malformed)
        }
        #expect(try await fault([desk.proof(TestKey(.rs256))], desk) == .algorithm)
    }

    @Test func `a nonce of ours is taken for five minutes, and allows an older proof`() async throws {
        let desk = try await TokenDesk()
        let nonce = JSONValue.string(CheckProof(desk.signOn).nonce(at: desk.now))
        #expect(try await fault(["nonce": nonce], desk: desk) == nil)
        desk.desk.clock.advance(by: 200)
        let iat = JSONValue.integer(desk.now.secondsSinceEpoch - 200)
        #expect(try await fault(["nonce": nonce, "iat": iat], desk: desk) == nil)
        #expect(try await fault(["iat": iat], desk: desk) == .time)
        desk.desk.clock.advance(by: 100)
        #expect(try await fault(["nonce": nonce], desk: desk) == .nonce)
        #expect(OAuthAnswer(TokenRefusal.proof(.nonce, nonce: "")).error == .useDPoPNonce)
    }

    @Test func `an answer to a proof brings the next nonce`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        let request = desk.request(
            "citizen", TokenDesk.redemption(of: code), proofs: [desk.proof(CheckProofTests.key)])
        let answer = try await RedeemToken(desk.signOn, memory: desk.memory).redeem(request)
        #expect(answer.nonce == CheckProof(desk.signOn).nonce(at: desk.now))
    }

    @Test func `whoever only names a public portal leaves no row, and no proof is used twice all the same`()
        async throws
    {
        let desk = try await TokenDesk()
        let proof = desk.proof(CheckProofTests.key)
        let wrong = desk.request("app", TokenDesk.redemption(of: "x"), proofs: [proof])
        #expect(try await desk.refusal(wrong) == .invalidGrant)
        #expect(desk.desk.books.step { $0.spent.isEmpty })
        for expected in [nil, OAuthError.invalidDPoPProof] {
            let form = TokenDesk.redemption(of: try await desk.code(for: "app"))
            #expect(try await desk.refusal(desk.request("app", form, proofs: [proof])) == expected)
        }
    }

    @Test func `a portal of FAPI 2 must bring a proof`() async throws {
        let desk = try await TokenDesk()
        let form = TokenDesk.redemption(of: try await desk.code(for: "bank"))
        #expect(try await desk.refusal(desk.request("bank", form)) == .invalidDPoPProof)
        let proof = desk.proof(CheckProofTests.key)
        #expect(try await desk.redeem(desk.request("bank", form, proofs: [proof]))["token_type"] == "DPoP")
    }
}
