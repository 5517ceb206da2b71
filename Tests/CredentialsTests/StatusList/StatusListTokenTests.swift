import Credentials
import JOSE
import Primitives
import Testing

struct StatusListTokenTests {
    private static let issuedAt = Instant(secondsSinceEpoch: 1_700_000_000)
    private static let uri = "http://localhost:8080/status-lists/1"

    private func refusal(of text: String) -> String? {
        do {
            _ = try StatusListToken(parsing: text)
            return nil
        } catch {
            return error.reason
        }
    }

    private func token(_ claims: String, type: String = "statuslist+jwt") throws -> String {
        try SampleOffice.jws(claims, header: JSONObject([("typ", .string(type))]))
    }

    @Test func `the draft's example token is read`() throws {
        let token = try StatusListToken(parsing: StatusListVectors.token)
        #expect(token.subject == "https://example.com/statuslists/1")
        #expect(token.issuedAt == Instant(secondsSinceEpoch: 1_686_920_170))
        #expect(token.expiresAt == Instant(secondsSinceEpoch: 2_291_720_170))
        #expect(token.timeToLive == 43_200)
        #expect(token.list.bits == 1)
        #expect(try token.list.value(at: 0) == 1)
        #expect(try token.list.value(at: 1) == 0)
        #expect(token.extraClaims.isEmpty)
        #expect(token.jws.keyID == "12")
    }

    @Test func `a signed token reads back and verifies`() throws {
        var list = StatusList(capacity: 4096)
        try list.set(3, at: 77)
        let details: JSONValue = ["77": ["state": "superseded", "by": "1.2"]]
        let text = try StatusListToken.signed(
            list, subject: StatusListTokenTests.uri, issuedAt: StatusListTokenTests.issuedAt,
            expiresAt: StatusListTokenTests.issuedAt.adding(seconds: 86_400), timeToLive: 300,
            extraClaims: JSONObject([("chancery_details", details), ("sub", "another")]),
            by: try SampleOffice.signer())
        let token = try StatusListToken(parsing: text)
        #expect(token.list == list)
        #expect(token.subject == StatusListTokenTests.uri)
        #expect(token.issuedAt == StatusListTokenTests.issuedAt)
        #expect(token.expiresAt == StatusListTokenTests.issuedAt.adding(seconds: 86_400))
        #expect(token.timeToLive == 300)
        #expect(token.extraClaims == JSONObject([("chancery_details", details)]))
        #expect(token.jws.certificateChain == [SampleOffice.certificate])
        #expect(
            token.jws.isValid(
                publicKey: try SampleOffice.publicKey(), algorithm: .es256, verifier: SampleOffice.verifier))
    }

    private static let list = #""status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}"#

    @Test(arguments: [
        (#"{"iat":1,\#(list)}"#, "\"sub\""),
        (#"{"sub":"","iat":1,\#(list)}"#, "\"sub\""),
        (#"{"sub":7,"iat":1,\#(list)}"#, "\"sub\""),
        (#"{"sub":"u",\#(list)}"#, "\"iat\""),
        (#"{"sub":"u","iat":"1",\#(list)}"#, "\"iat\""),
        (#"{"sub":"u","iat":-1,\#(list)}"#, "\"iat\""),
        (#"{"sub":"u","iat":1,"exp":"never",\#(list)}"#, "\"exp\""),
        (#"{"sub":"u","iat":1,"exp":1e99,\#(list)}"#, "\"exp\""),
        (#"{"sub":"u","iat":1,"nbf":2,\#(list)}"#, "not yet valid"),
        (#"{"sub":"u","iat":1,"ttl":0,\#(list)}"#, "\"ttl\""),
        (#"{"sub":"u","iat":1,"ttl":-5,\#(list)}"#, "\"ttl\""),
        (#"{"sub":"u","iat":1,"ttl":99999999999,\#(list)}"#, "\"ttl\""),
        (#"{"sub":"u","iat":1}"#, "\"status_list\""),
        (#"{"sub":"u","iat":1,"status_list":{"bits":1}}"#, "\"status_list\""),
        (#"{"sub":"u","iat":1,"status_list":{"lst":"eNrbuRgAAhcBXQ"}}"#, "\"status_list\""),
        (#"{"sub":"u","iat":1,"status_list":{"bits":3,"lst":"eNrbuRgAAhcBXQ"}}"#, "3 bits"),
        (#"{"sub":"u","iat":1,"status_list":{"bits":1,"lst":"AAAA"}}"#, "zlib"),
        (#"{"sub":"u","sub":"v","iat":1,\#(list)}"#, "stands twice"),
        (#"["sub"]"#, "not a JSON object"),
        ("", "not strict JSON"),
    ])
    func `a token that lacks or twists a claim is refused`(claims: String, reason expected: String) throws {
        let reason = try #require(refusal(of: try token(claims)))
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test(arguments: ["JWT", "statuslist+cwt", "application/statuslist+jwt", "STATUSLIST+JWT", "dc+sd-jwt"])
    func `another type is refused`(type: String) throws {
        let claims = #"{"sub":"u","iat":1,\#(StatusListTokenTests.list)}"#
        #expect(refusal(of: try token(claims)) == nil)
        #expect(refusal(of: try token(claims, type: type))?.contains("type") == true)
    }

    @Test func `a token without a type, or that is no JWS, is refused`() throws {
        let claims = #"{"sub":"u","iat":1,\#(StatusListTokenTests.list)}"#
        let text = try SampleOffice.jws(claims, header: JSONObject())
        #expect(refusal(of: text)?.contains("type") == true)
        #expect(refusal(of: "no token")?.contains("three parts") == true)
    }
}
