import Audit
import Credentials
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

@testable import Licensing

@Suite struct BundleTests {
    private let test = TestOffice()

    private var export: BundleExport {
        BundleExport(
            publisher: test.publisher, register: test.register, keys: test.keys, material: test.keys,
            issuerURL: TestOffice.issuerURL)
    }

    private func signed(_ payload: JSONValue, type: String = Bundle.type) throws -> String {
        try JWS.signed(
            payload: Array(payload.compactText.utf8), header: JSONObject([("typ", .string(type))]), includesChain: true,
            by: test.keys.authority)
    }

    private let empty: JSONObject = JSONObject([
        ("anchors", []), ("certificates", []), ("statusTokens", []), ("revocationLists", [:]),
    ])

    @Test func `a bundle reads back what a verifier without a network needs`() async throws {
        _ = try await test.shop()
        let bytes = try await export.bundle(at: test.clock.now(), actor: "operator")
        let bundle = try Bundle(parsing: String(decoding: bytes, as: UTF8.self))
        #expect(bundle.anchors == test.keys.anchors && bundle.certificates == test.keys.certificates)
        #expect(try bundle.revocationLists == test.keys.revocationLists(at: test.clock.now()))
        #expect(bundle.statusTokens.count == 1)
        let token = try StatusListToken(parsing: try #require(bundle.statusTokens.first))
        #expect(token.subject == "http://localhost:8080/status-lists/1")
    }

    @Test func `the authority signs it and the export is put on record`() async throws {
        let bytes = try await export.bundle(at: test.clock.now(), actor: "operator")
        let bundle = try Bundle(parsing: String(decoding: bytes, as: UTF8.self))
        let key = try #require(test.keys.publicKeys["authority"])
        #expect(bundle.jws.isValid(publicKey: key, algorithm: .es256, verifier: OpenSSLSignatureVerifier()))
        #expect(bundle.jws.type == "chancery-bundle+jwt")
        #expect(test.register.events == [.bundleExported])
        #expect(test.register.entries.map(\.actor) == ["operator"])
    }

    @Test func `publishing it changes nothing`() async throws {
        let bytes = try await export.published(at: test.clock.now())
        _ = try Bundle(parsing: String(decoding: bytes, as: UTF8.self))
        #expect(test.register.steps.isEmpty)
    }

    @Test func `an empty bundle is a bundle`() throws {
        let bundle = try Bundle(parsing: signed(.object(empty)))
        #expect(bundle.anchors.isEmpty && bundle.revocationLists.isEmpty)
    }

    @Test(arguments: ["anchors", "certificates", "statusTokens", "revocationLists"])
    func `a bundle without one of its parts, or with something else there, is none`(member: String) throws {
        for value in [nil, .null, "x", 5, ["x", 1], [["x"]], ["a": 1]] as [JSONValue?] {
            var payload = empty
            payload[member] = value
            #expect(throws: BundleFault.self) { try Bundle(parsing: signed(.object(payload))) }
        }
        guard member != "statusTokens" else { return }
        var payload = empty
        payload[member] = member == "revocationLists" ? ["root": "not base64!"] : ["not base64!"]
        #expect(throws: BundleFault.self) { try Bundle(parsing: signed(.object(payload))) }
    }

    @Test func `other tokens, other texts and endless lists are none`() throws {
        #expect(throws: BundleFault.self) { try Bundle(parsing: signed(.object(empty), type: "statuslist+jwt")) }
        #expect(throws: BundleFault.self) { try Bundle(parsing: signed([])) }
        for text in ["", "a.b.c", "-----BEGIN CERTIFICATE-----"] {
            #expect(throws: BundleFault.self) { try Bundle(parsing: text) }
        }
        var payload = empty
        payload["statusTokens"] = .array([JSONValue](repeating: "x", count: 4097))
        #expect(throws: BundleFault.self) { try Bundle(parsing: signed(.object(payload))) }
        payload["statusTokens"] = [[[[[[]]]]]]
        #expect(throws: BundleFault.self) { try Bundle(parsing: signed(.object(payload))) }
    }
}
