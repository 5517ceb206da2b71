import Primitives
import Testing

@testable import Licensing

@Suite struct MaskedNameTests {
    private func masked(_ holders: [Holder], _ type: LicenseType) -> [String] {
        MaskedName(of: holders, in: type).candidates
    }

    @Test func `a person keeps the first character and an organization the whole name`() {
        #expect(masked([Holder(name: "张三丰", idType: "111", id: "1")], OfficePolicy.officer).first == "张＊")
        #expect(masked([Holder(name: "𠮷野", idType: "414", id: "1")], OfficePolicy.shared).first == "𠮷＊")
        #expect(masked([Holder(name: "杭州样例", idType: "001", id: "1")], OfficePolicy.shop).first == "杭州样例")
    }

    @Test func `an unknown kind of document masks unless only organizations hold the type`() {
        let other = Holder(name: "李四", idType: "999", id: "1")
        #expect(masked([other], OfficePolicy.shared).first == "李＊")
        #expect(masked([other], OfficePolicy.shop).first == "李四")
    }

    @Test func `several holders stand side by side`() {
        let holders = [Holder(name: "张三", idType: "111", id: "1"), Holder(name: "甲公司", idType: "001", id: "2")]
        #expect(masked(holders, OfficePolicy.shared) == ["张＊、甲公司", "张…"])
    }

    @Test func `a name is shortened only as far as the token needs`() throws {
        let name = MaskedName(
            of: [Holder(name: String(repeating: "长", count: 50), idType: "001", id: "1")], in: OfficePolicy.shop)
        #expect(name.candidates.map(\.count) == [50, 41, 21, 9, 2])
        let tokens = try TestOffice(issuerURL: "https://licenses.example.org").office.production()
        #expect(tokens.address.qrHost == "LICENSES.EXAMPLE.ORG")
    }
}

@Suite struct IssuerAddressTests {
    @Test(arguments: [
        ("http://localhost:8080", "LOCALHOST:8080", "http://localhost:8080"),
        ("https://licenses.example.org/", "LICENSES.EXAMPLE.ORG", "https://licenses.example.org"),
        ("https://a-b.example:443/base//", "A-B.EXAMPLE", "https://a-b.example:443/base"),
        ("https://a.example:8443", "A.EXAMPLE:8443", "https://a.example:8443"),
        ("http://127.0.0.1:80", "127.0.0.1", "http://127.0.0.1:80"),
    ])
    func `a base URL gives a QR host and addresses`(url: String, host: String, base: String) throws {
        let address = try #require(IssuerAddress(url))
        #expect(address.qrHost == host)
        #expect(address.base == base)
        #expect(IssuerAddress.statusURI(url, list: 7) == "\(base)/status-lists/7")
    }

    @Test(arguments: [
        "", "ftp://a.example", "http://[::1]:8080", "http://a_b.example", "https://例.example", "localhost",
    ])
    func `a URL that no QR code can carry is none`(url: String) {
        #expect(IssuerAddress(url) == nil)
    }

    @Test func `an office with such a URL reserves no number`() async throws {
        let test = TestOffice(issuerURL: "http://[::1]:8080")
        await #expect(throws: IssueRefusal.issuerURL) { try await test.shop() }
        #expect(test.register.steps.isEmpty)
    }
}
