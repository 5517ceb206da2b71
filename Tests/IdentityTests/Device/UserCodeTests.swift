@testable import Identity
import OpenSSLCrypto
import Testing

@Suite struct UserCodeTests {
    @Test func `a user code is read as people type it`() throws {
        let code = UserCode(from: OpenSSLRandomness())
        let (shown, text) = (code.shown, code.text)
        #expect(shown.utf8.count == 9)
        for typed in [shown, text, shown.lowercased(), " \(text) ", shown.replacing("-", with: " - ")] {
            #expect(UserCode(typed) == code)
        }
    }

    @Test(arguments: ["", "BCDF", "BCDF-GHJA", "BCDFGHJKL", "BCDF-GHJ1", "ＢCDFGHJK"])
    func `what is no user code is not read`(typed: String) {
        #expect(UserCode(typed) == nil)
    }
}
