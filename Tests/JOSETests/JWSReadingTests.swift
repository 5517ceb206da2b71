import JOSE
import Primitives
import Testing

struct JWSReadingTests {
    private static let payload = "e30"
    private static let signature = "AAAA"

    private static func text(header: String) -> String {
        Base64.encodeURL(Array(header.utf8)) + "." + payload + "." + signature
    }

    private func refusal(of text: String, maximumLength: Int = 1 << 20) -> String? {
        do {
            _ = try JWS(parsing: text, maximumLength: maximumLength)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a plain header is read`() throws {
        let text = JWSReadingTests.text(
            header: #"{"alg":"ES256","typ":"dc+sd-jwt","kid":"k","x5c":["MAMCAQc=","MAA="]}"#)
        let jws = try JWS(parsing: text)
        #expect(jws.text == text)
        #expect(jws.type == "dc+sd-jwt")
        #expect(jws.keyID == "k")
        #expect(jws.certificateChain == [[0x30, 0x03, 0x02, 0x01, 0x07], [0x30, 0x00]])
        #expect(jws.payload == [0x7B, 0x7D])
    }

    @Test(arguments: [
        (#"{"alg":"none"}"#, "not one that is accepted"),
        (#"{"alg":"None"}"#, "not one that is accepted"),
        (#"{"alg":"HS256"}"#, "not one that is accepted"),
        (#"{"alg":"es256"}"#, "not one that is accepted"),
        (#"{"alg":"ES256K"}"#, "not one that is accepted"),
        (#"{"alg":7}"#, "names no algorithm"),
        (#"{"typ":"JWT"}"#, "names no algorithm"),
        (#"{"alg":"ES256","crit":["exp"],"exp":1}"#, "\"crit\""),
        (#"{"alg":"ES256","crit":[]}"#, "\"crit\""),
        (#"{"alg":"ES256","crit":["b64","b64"],"b64":true}"#, "\"crit\""),
        (#"{"alg":"ES256","b64":false}"#, "\"b64\""),
        (#"{"alg":"ES256","zip":"DEF"}"#, "\"zip\""),
        (#"{"alg":"ES256","jwk":{"kty":"EC"}}"#, "\"jwk\""),
        (#"{"alg":"ES256","jku":"https://evil.example/jwks"}"#, "\"jku\""),
        (#"{"alg":"ES256","x5u":"https://evil.example/c"}"#, "\"x5u\""),
        (#"{"alg":"none","alg":"ES256"}"#, "stands twice"),
        (#"{"alg":"ES256","\u0061lg":"none"}"#, "stands twice"),
        (#"{"alg":"ES256","typ":1}"#, "\"typ\" is not a string"),
        (#"{"alg":"ES256","kid":["k"]}"#, "\"kid\" is not a string"),
        (#"{"alg":"ES256","x5c":[]}"#, "\"x5c\" is not a list"),
        (#"{"alg":"ES256","x5c":"MAA="}"#, "\"x5c\" is not a list"),
        (#"{"alg":"ES256","x5c":[""]}"#, "not base 64"),
        (#"{"alg":"ES256","x5c":["MAA"]}"#, "not base 64"),
        (#"{"alg":"ES256","x5c":["MAB="]}"#, "not base 64"),
        (#"{"alg":"ES256","x5c":["M AA="]}"#, "not base 64"),
        (#"{"alg":"ES256","x5c":["1","2","3","4","5","6","7","8","9","10","11"]}"#, "\"x5c\" is not a list"),
        (#"["alg","ES256"]"#, "not a JSON object"),
        (#"{"alg":"ES256"} "x""#, "not strict JSON"),
        (#"{"alg":"ES256",}"#, "not strict JSON"),
        (#"{"alg":"ES256","a":"# + String(repeating: "[", count: 40), "nested more than"),
    ])
    func `a header that could mislead is refused`(header: String, reason expected: String) throws {
        let reason = try #require(refusal(of: JWSReadingTests.text(header: header)))
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test(arguments: [
        ("", "three parts"),
        ("a.b", "three parts"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA.AAAA", "three parts"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA.AAAA.AAAA.AAAA", "three parts"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.", "signature is missing"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAB", "signature is missing or not canonical"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAA=", "not canonical base64url"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AA+A", "not canonical base64url"),
        ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA\n", "not canonical base64url"),
        ("eyJhbGciOiJFUzI1NiJ9.e31.AAAA", "payload is not canonical"),
        ("eyJhbGciOiJFUzI1NiJ9.e3 0.AAAA", "payload is not canonical"),
        ("eyJhbGciOiJFUzI1NiJ9=.e30.AAAA", "header is not canonical"),
        (" eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "header is not canonical"),
        ("eyJhbGciOiJFUzI1NiJ9\u{301}.e30.AAAA", "header is not canonical"),
    ])
    func `a text that is not exactly a compact JWS is refused`(text: String, reason expected: String) throws {
        let reason = try #require(refusal(of: text))
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test func `an oversize text and an oversize header are refused`() throws {
        let text = JWSReadingTests.text(header: #"{"alg":"ES256"}"#)
        #expect(refusal(of: text, maximumLength: text.utf8.count) == nil)
        #expect(refusal(of: text, maximumLength: text.utf8.count - 1)?.contains("more than") == true)
        let long = #"{"alg":"ES256","kid":""# + String(repeating: "k", count: 70_000) + "\"}"
        #expect(refusal(of: JWSReadingTests.text(header: long)) == "the header is too long")
    }

    @Test func `no cut of a good text traps`() {
        let text = JOSEVectors.es256
        for count in 0..<text.utf8.count {
            _ = try? JWS(parsing: String(text.prefix(count)))
            _ = try? JWS(parsing: String(text.dropFirst(count)))
        }
    }
}
