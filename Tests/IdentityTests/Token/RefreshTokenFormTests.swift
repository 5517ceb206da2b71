import OpenSSLCrypto
import Primitives
import Testing

@testable import Identity

@Suite struct RefreshTokenFormTests {
    private let family = Identifier<RefreshFamily>(from: OpenSSLRandomness())
    private let mac = TestMAC(sealing: DataKeySealing(dataKey: Secret([UInt8](repeating: 1, count: 32))))

    @Test func `a refresh token is the same each time it is written, and only for its owner`() throws {
        let token = try #require(RefreshToken(family: family, generation: 7))
        let text = token.text(portalID: "app", keyThumbprint: "key", mac: mac)
        #expect(text == token.text(portalID: "app", keyThumbprint: "key", mac: mac))
        let read = try #require(RefreshToken(claimedBy: text))
        #expect(read == token)
        #expect(read.matches(text, portalID: "app", keyThumbprint: "key", mac: mac))
        #expect(!read.matches(text, portalID: "app", keyThumbprint: nil, mac: mac))
        #expect(!read.matches(text, portalID: "appkey", keyThumbprint: nil, mac: mac))
        #expect(!read.matches(text, portalID: "shop", keyThumbprint: "key", mac: mac))
    }

    @Test(arguments: [0, -1, Int(Int32.max) + 1]) func `generations have bounds`(generation: Int) {
        #expect(RefreshToken(family: family, generation: generation) == nil)
    }

    @Test(arguments: ["", "a.b.c", String(repeating: "A", count: 69), String(repeating: "=", count: 70)])
    func `what is no refresh token is not read`(text: String) {
        #expect(RefreshToken(claimedBy: text) == nil)
    }
}
