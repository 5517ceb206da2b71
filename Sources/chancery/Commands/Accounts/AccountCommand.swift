import ArgumentParser
import Identity
import Licensing
import Primitives
import Store

/// `chancery account add`, `show`, `disable` and `find`
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "People and organizations who sign in.",
        subcommands: [
            AccountAddCommand.self, AccountShowCommand.self, AccountDisableCommand.self, AccountFindCommand.self,
        ])

    static func unknown(_ name: String) -> CommandFault { CommandFault(.refused, "there is no account \(name)") }
}

struct AccountDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Ends all sessions and tokens of an account and lets it sign in no more.",
        discussion: "Works at once, while the service runs. Example:\n  chancery account disable zhang.san")

    @Argument(help: "The account's id or login.")
    var account: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        guard let isChanged = try await AccountOffice(try assembly.signOn()).disable(account) else {
            throw AccountCommand.unknown(account)
        }
        Terminal.talk(isChanged ? "\(account) is disabled" : "\(account) was disabled before; nothing was changed")
    }
}

struct AccountFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Finds whose name in a sector this is; every look-up goes into the audit trail.",
        discussion: "Example:\n  chancery account find --subject=SUBJECT --sector commerce")

    /// Base64url: one in 64 begins with a hyphen, and is no option for that. One in 262,144 begins with three, which
    /// the parser takes only after an equals sign (`--subject=---…`).
    @Option(
        parsing: .unconditional, help: "The name under which a portal knows the account: `sub` of its tokens.")
    var subject: String

    @Option(help: "The sector of the portal's department.")
    var sector: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let sectors = Set(assembly.policy.departments.values.map(\.sector)).sorted()
        guard sectors.contains(sector) else {
            throw CommandFault(
                .badUsage, "there is no sector \(sector); known: \(sectors.joined(separator: ", "))")
        }
        guard let id = try await AccountOffice(try assembly.signOn()).find(subject: subject, sector: sector) else {
            throw CommandFault(.refused, "nobody has this name in the sector \(sector)")
        }
        Terminal.data(json ? (["id": .string(id.description)] as JSONValue).prettyText : id.description)
    }
}
