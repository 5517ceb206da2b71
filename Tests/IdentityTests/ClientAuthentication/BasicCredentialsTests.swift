@testable import Identity
import Primitives
import Testing

@Suite struct BasicCredentialsTests {
    private func header(_ text: String) -> String { "Basic " + Base64.encode(Array(text.utf8)) }

    @Test func `id and secret are form-decoded, each on its own`() throws {
        let read = try #require(BasicCredentials(header: header("my%3Aid:a%2Bb+c%25%C3%A9")))
        #expect(read.id == "my:id")
        #expect(read.secret.exposedBytes == Array("a+b c%é".utf8))
        #expect(BasicCredentials(header: header("id:a:b"))?.secret.exposedBytes == Array("a:b".utf8))
    }

    @Test(arguments: ["basic", "BASIC", "Basic "]) func `the scheme's case does not matter`(scheme: String) {
        let header = "\(scheme) \(Base64.encode(Array("id:s".utf8)))"
        #expect(BasicCredentials(header: header)?.id == "id")
    }

    @Test(arguments: [
        "", "Basic", "Basic !", "Bearer aWQ6cw==", "Basic aWQ=", "Basic OnM=", "Basic aWQ6JQ==", "Basic aWQ6JXp6",
    ])
    func `anything else is no credentials`(header: String) {
        #expect(BasicCredentials(header: header) == nil)
    }

    @Test func `the id must be UTF-8`() {
        #expect(BasicCredentials(header: header("%FF:s")) == nil)
    }
}
