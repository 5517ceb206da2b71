import Credentials
import JOSE
import Primitives
import Testing

/// Every attack is signed by a real key: only the rules of RFC 9901 §7.1 and of SD-JWT VC stand against it.
struct SDJWTRefusalTests {
    private static let name = SampleOffice.disclosure(#"["c2FsdA","name","Max"]"#)
    private static let element = SampleOffice.disclosure(#"["c2FsdA","DE"]"#)
    private static let nameDigest = SampleOffice.digest(name)
    private static let elementDigest = SampleOffice.digest(element)

    private func refusal(of text: String, maximumLength: Int = 4 << 20) -> String? {
        do {
            _ = try SDJWT(parsing: text, hashing: SampleOffice.hashing, maximumLength: maximumLength)
            return nil
        } catch {
            return error.reason
        }
    }

    private func expectRefusal(
        _ payload: String, _ disclosures: [String], _ expected: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let reason = refusal(of: try SampleOffice.sdJWT(payload, disclosures))
        #expect(reason?.contains(expected) == true, "\(reason ?? "accepted")", sourceLocation: location)
    }

    @Test func `the pieces of the attacks are good by themselves`() throws {
        let payload = """
            {"vct":"v","_sd":["\(SDJWTRefusalTests.nameDigest)"],"list":[{"...":"\(SDJWTRefusalTests.elementDigest)"}]}
            """
        let text = try SampleOffice.sdJWT(payload, [SDJWTRefusalTests.name, SDJWTRefusalTests.element])
        let credential = try SDJWT(parsing: text, hashing: SampleOffice.hashing)
        #expect(JSONValue.object(credential.claims) == ["vct": "v", "list": ["DE"], "name": "Max"])
    }

    @Test(arguments: [
        #"["c2FsdA"]"#, #"["c2FsdA","name","Max","more"]"#, #"[]"#, #"{"name":"Max"}"#, #""name""#,
        #"[7,"name","Max"]"#, #"["c2FsdA",7,"Max"]"#, #"[null,"Max"]"#,
    ])
    func `a disclosure that is not two or three of the right kind is refused`(text: String) throws {
        let disclosure = SampleOffice.disclosure(text)
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(SampleOffice.digest(disclosure))"]}"#, [disclosure], "disclosure")
    }

    @Test(arguments: ["_sd", "...", "_sd_alg"])
    func `a disclosure with a reserved name is refused`(name: String) throws {
        let disclosure = SampleOffice.disclosure(#"["c2FsdA","\#(name)",["x"]]"#)
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(SampleOffice.digest(disclosure))"]}"#, [disclosure], "reserved")
    }

    @Test func `a disclosed claim that is already present is refused`() throws {
        let (name, digest) = (SDJWTRefusalTests.name, SDJWTRefusalTests.nameDigest)
        try expectRefusal(#"{"vct":"v","name":"Eve","_sd":["\#(digest)"]}"#, [name], "already present")
        let other = SampleOffice.disclosure(#"["b3RoZXI","name","Eve"]"#)
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(digest)","\#(SampleOffice.digest(other))"]}"#, [name, other], "already present")
    }

    @Test func `a digest that stands twice is refused, disclosed or not`() throws {
        let (name, digest) = (SDJWTRefusalTests.name, SDJWTRefusalTests.nameDigest)
        for disclosures in [[name], []] {
            try expectRefusal(#"{"vct":"v","_sd":["\#(digest)","\#(digest)"]}"#, disclosures, "digest stands twice")
            try expectRefusal(
                #"{"vct":"v","a":{"_sd":["\#(digest)"]},"b":{"_sd":["\#(digest)"]}}"#, disclosures,
                "digest stands twice")
        }
        let outer = SampleOffice.disclosure(#"["c2FsdA","outer",{"_sd":["\#(digest)"]}]"#)
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(digest)","\#(SampleOffice.digest(outer))"]}"#, [name, outer], "stands twice")
    }

    @Test func `a disclosure that stands twice is refused`() throws {
        let (name, digest) = (SDJWTRefusalTests.name, SDJWTRefusalTests.nameDigest)
        try expectRefusal(#"{"vct":"v","_sd":["\#(digest)"]}"#, [name, name], "disclosure stands twice")
    }

    @Test func `a disclosure that is never referenced is refused`() throws {
        try expectRefusal(#"{"vct":"v"}"#, [SDJWTRefusalTests.name], "never referenced")
        let inner = SampleOffice.disclosure(#"["c2FsdA","inner",1]"#)
        let outer = SampleOffice.disclosure(#"["c2FsdA","outer",{"_sd":["\#(SampleOffice.digest(inner))"]}]"#)
        let payload = #"{"vct":"v","_sd":["\#(SampleOffice.digest(outer))"]}"#
        #expect(refusal(of: try SampleOffice.sdJWT(payload, [outer, inner])) == nil)
        try expectRefusal(payload, [inner], "never referenced")
    }

    @Test func `a claim's disclosure in an array, and an element's in an object, are refused`() throws {
        try expectRefusal(
            #"{"vct":"v","list":[{"...":"\#(SDJWTRefusalTests.nameDigest)"}]}"#, [SDJWTRefusalTests.name],
            "referenced from an array")
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(SDJWTRefusalTests.elementDigest)"]}"#, [SDJWTRefusalTests.element],
            "referenced from an object")
    }

    @Test(
        arguments: [
            (#"{"vct":"v","_sd":"x"}"#, "not an array"),
            (#"{"vct":"v","_sd":{"a":"b"}}"#, "not an array"),
            (#"{"vct":"v","_sd":[7]}"#, "not a string"),
            (#"{"vct":"v","a":{"_sd":[null]}}"#, "not a string"),
            (#"{"vct":"v","list":[{"...":7}]}"#, "not a string"),
            (#"{"vct":"v","list":[{"...":"x","b":1}]}"#, "does not stand alone"),
            (#"{"vct":"v","...":"x"}"#, "named \"...\""),
            (#"{"vct":"v","a":{"...":"x"}}"#, "named \"...\""),
            (#"{"vct":"v","_sd_alg":"md5"}"#, "_sd_alg"),
            (#"{"vct":"v","_sd_alg":"SHA-256"}"#, "_sd_alg"),
            (#"{"vct":"v","_sd_alg":7}"#, "_sd_alg"),
            (#"{"vct":"v","vct":"w"}"#, "stands twice"),
            (#"{"vct":"v","a":{"b":1,"b":2}}"#, "stands twice"),
            (#"{"a":1}"#, "\"vct\" is missing"),
            (#"{"vct":7}"#, "\"vct\" is missing"),
            (#"{"vct":""}"#, "\"vct\" is missing"),
            (#"{"vct":"v","exp":"soon"}"#, "\"exp\" is no moment"),
            (#"{"vct":"v","nbf":null}"#, "\"nbf\" is no moment"),
            (#"{"vct":"v","iat":-1}"#, "\"iat\" is no moment"),
            (#"["vct"]"#, "not a JSON object"),
            (#"{"vct":"v"} "#, nil),
            (#"{"vct":"v"}}"#, "not strict JSON"),
        ] as [(String, String?)])
    func `a payload that could be read in two ways is refused`(payload: String, reason expected: String?) throws {
        let reason = refusal(of: try SampleOffice.sdJWT(payload))
        guard let expected else { return #expect(reason == nil) }
        #expect(reason?.contains(expected) == true, "\(reason ?? "accepted")")
    }

    @Test(arguments: ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"])
    func `claims that everyone must see may not be withheld`(name: String) throws {
        let disclosure = SampleOffice.disclosure(#"["c2FsdA","\#(name)",1]"#)
        let payload = #"{"vct":"v","_sd":["\#(SampleOffice.digest(disclosure))"]}"#
        try expectRefusal(payload, [disclosure], name == "vct" ? "already present" : "may not be selectively")
    }

    @Test func `nothing inside the status may be withheld either`() throws {
        let disclosure = SampleOffice.disclosure(#"["c2FsdA","status_list",{"idx":1,"uri":"u"}]"#)
        try expectRefusal(
            #"{"vct":"v","status":{"_sd":["\#(SampleOffice.digest(disclosure))"]}}"#, [disclosure],
            "may not be selectively")
    }

    @Test(arguments: ["vc+sd-jwt", "JWT", "kb+jwt", "DC+SD-JWT", "application/dc+sd-jwt"])
    func `another type is refused`(type: String) throws {
        #expect(refusal(of: try SampleOffice.sdJWT(#"{"vct":"v"}"#, type: type))?.contains("type") == true)
    }

    @Test func `the final tilde is required and disclosures are canonical base64url`() throws {
        let payload = #"{"vct":"v","_sd":["\#(SDJWTRefusalTests.nameDigest)"]}"#
        let text = try SampleOffice.sdJWT(payload, [SDJWTRefusalTests.name])
        #expect(refusal(of: text) == nil)
        #expect(refusal(of: String(text.dropLast())) != nil)
        #expect(refusal(of: try SampleOffice.jws(payload, header: JSONObject([("typ", "dc+sd-jwt")]))) != nil)
        #expect(refusal(of: text + "~")?.contains("disclosure") == true)
        #expect(refusal(of: text.replacing("~", with: "~~")) != nil)
        #expect(refusal(of: " " + text) != nil)
        #expect(refusal(of: text + "\n") != nil)
        let padded = SampleOffice.disclosure(#"["c2FsdA","name","M"]"#) + "="
        try expectRefusal(#"{"vct":"v","_sd":["\#(SampleOffice.digest(padded))"]}"#, [padded], "canonical")
        let loose = String(SDJWTRefusalTests.element.dropLast()) + "R"
        try expectRefusal(#"{"vct":"v","list":[{"...":"\#(SampleOffice.digest(loose))"}]}"#, [loose], "disclosure")
    }

    @Test func `duplicate members inside a disclosure are refused`() throws {
        let disclosure = SampleOffice.disclosure(#"["c2FsdA","a",{"b":1,"b":2}]"#)
        try expectRefusal(
            #"{"vct":"v","_sd":["\#(SampleOffice.digest(disclosure))"]}"#, [disclosure], "stands twice")
    }

    @Test func `the headers a JWS refuses are refused here`() throws {
        for header in [#"{"alg":"none","typ":"dc+sd-jwt"}"#, #"{"alg":"HS256","typ":"dc+sd-jwt"}"#] {
            let payload = Base64.encodeURL(Array(#"{"vct":"v"}"#.utf8))
            let text = "\(Base64.encodeURL(Array(header.utf8))).\(payload).AAAA~"
            #expect(refusal(of: text)?.contains("algorithm") == true)
        }
        for name in ["crit", "jwk", "jku", "x5u", "zip", "b64"] {
            let header = JSONObject([("typ", "dc+sd-jwt"), (name, [])])
            #expect(refusal(of: try SampleOffice.jws(#"{"vct":"v"}"#, header: header) + "~")?.contains(name) == true)
        }
    }

    @Test func `size, number and depth are bounded`() throws {
        let text = try SampleOffice.sdJWT(#"{"vct":"v"}"#)
        #expect(refusal(of: text, maximumLength: text.utf8.count) == nil)
        #expect(refusal(of: text, maximumLength: text.utf8.count - 1)?.contains("more than") == true)
        #expect(refusal(of: text + String(repeating: "A~", count: 5000))?.contains("more than") == true)
        var disclosures = [SampleOffice.disclosure(#"["s","x",1]"#)]
        for _ in 0..<200 {
            let digest = SampleOffice.digest(disclosures.last ?? "")
            disclosures.append(SampleOffice.disclosure(#"["s","x",{"_sd":["\#(digest)"]}]"#))
        }
        let digest = SampleOffice.digest(disclosures.last ?? "")
        try expectRefusal(#"{"vct":"v","_sd":["\#(digest)"]}"#, disclosures, "nest more than")
    }
}
