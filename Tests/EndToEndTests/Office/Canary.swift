import Foundation
import Testing

/// Values that must never be in a message, a log or a stored file in the clear.
enum Canary {
    /// Of persons and organizations in the shipped examples and in the tests' own tables.
    static let personal = [
        "示例市晨光软件科技有限公司", "91990100MA7X3K203Q", "沈明远", "陆知行", "99010119860923004X", "顾清禾",
        "1986-09-23", "卡娜莉",
    ]

    /// Tells when one of them, or the passphrase of `office`, is in a text that a command said.
    static func watch(_ talk: String, of office: Chancery) {
        let passphrase = try? String(contentsOf: office.file("keys/private/passphrase"), encoding: .utf8)
        let secrets = [passphrase?.trimmingCharacters(in: .newlines)].compactMap { $0 }.filter { !$0.isEmpty }
        for value in personal + secrets where talk.contains(value) {
            Issue.record("a personal value or a secret is in what was said: \(talk)")
        }
    }
}
