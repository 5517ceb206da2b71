import Primitives
import Testing

@testable import OpenSSLCrypto

struct RevocationListShelfTests {
    private let now = TestOffice.now
    private let half: Int64 = 7 * 86_400 / 2

    @Test func `a list is kept for half its life and then made anew`() throws {
        let office = try TestOffice.initialized()
        let open = try office.open()
        let first = try open.revocationLists(at: now)
        #expect(Set(first.keys) == ["root", "issuing-ca"])
        #expect(try open.revocationLists(at: now.adding(seconds: half - 1)) == first)
        let second = try open.revocationLists(at: now.adding(seconds: half))
        #expect(second["root"] != first["root"] && second["issuing-ca"] != first["issuing-ca"])
        let list = try #require(RevocationList(second["root"] ?? []))
        #expect(list.thisUpdate == now.adding(seconds: half))
        #expect(list.nextUpdate == now.adding(seconds: half + 7 * 86_400))
    }

    @Test func `another process finds the list that the first one made`() throws {
        let office = try TestOffice.initialized()
        let first = try office.open().revocationLists(at: now)
        #expect(try office.open().revocationLists(at: now.adding(seconds: 60)) == first)
    }

    @Test func `a list that is broken or another's is replaced`() throws {
        let office = try TestOffice.initialized()
        let file = "keys/certificates/issuing-ca.crl"
        let first = try office.open().revocationLists(at: now)
        for wrong in [[], [0x30, 0x00], first["root"] ?? []] {
            try office.folder.write(wrong, file)
            let list = try #require(RevocationList(try office.open().revocationLists(at: now)["issuing-ca"] ?? []))
            #expect(try list.isSigned(by: #require(office.open().credentials[.issuingAuthority]?.last).stored.parsed))
            #expect(try office.folder.read(file) != wrong)
        }
    }

    @Test func `a list for an earlier moment does not displace the newer one`() throws {
        let office = try TestOffice.initialized()
        let open = try office.open()
        let first = try open.revocationLists(at: now)
        let earlier = try open.revocationLists(at: now.adding(seconds: -86_400))
        #expect(RevocationList(earlier["root"] ?? [])?.thisUpdate == now.adding(seconds: -86_400))
        #expect(try open.revocationLists(at: now) == first)
        #expect(try office.folder.read("keys/certificates/root.crl") == first["root"])
    }
}
