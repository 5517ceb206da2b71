import Foundation

/// Somebody who signs in.
struct Person: Sendable {
    let login: String
    let password: String
    /// The account's id.
    let id: String

    /// What the citizen of every test is known by; the name is one that no log may hold.
    static let profile: [(option: String, value: String)] = [
        ("--name", "卡娜莉"), ("--given-name", "娜莉"), ("--family-name", "卡"), ("--email", "canary@mail.example"),
        ("--phone", "+86 10 5555 0100"), ("--address", "示例市第一大街 1 号"),
    ]
}

extension SignOnSite {
    /// Adds somebody; the running service knows them at once.
    func person(
        _ login: String = "p\(UUID().uuidString.prefix(12))", password: String = "a plain long pass phrase",
        assurance: String = "low"
    ) throws -> Person {
        let profile = Person.profile.flatMap { [$0.option, $0.value] }
        let run = try office.run(
            ["account", "add", "--login", login, "--kind", "person", "--assurance", assurance, "--email-verified"]
                + profile + ["--password-file", "-"], input: Array(password.utf8))
        guard run.status == 0 else { throw Misfortune("account add failed with \(run.status): \(run.talk)") }
        return Person(login: login, password: password, id: run.output)
    }
}
