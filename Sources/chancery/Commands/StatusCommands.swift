import ArgumentParser
import Licensing
import Store

/// What the three status commands share.
struct StatusChangeArguments: ParsableArguments {
    @Argument(help: "License number.")
    var number: String

    @Option(help: "Why, for the record (1 to 200 characters, nothing personal).")
    var reason: String

    @OptionGroup var options: SettingsOptions

    func apply(_ change: StatusChange, done: String) async throws {
        let number = try NumberArgument.read(number)
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        do {
            try await assembly.office.changeStatus(number, change, reason: reason, actor: Assembly.operatorName)
        } catch StatusRefusal.unknownNumber {
            throw NumberArgument.unknown(number)
        }
        Terminal.talk("\(number) is \(done)")
    }
}

/// `chancery revoke`
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Ends a license for good.",
        discussion: "Example:\n  chancery revoke NUMBER --reason \"Closed on request\"")

    @OptionGroup var change: StatusChangeArguments

    func run() async throws { try await change.apply(.revoke, done: "revoked") }
}

/// `chancery suspend`
struct SuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Halts a license until it is reinstated or revoked.",
        discussion: "Example:\n  chancery suspend NUMBER --reason \"Inspection pending\"")

    @OptionGroup var change: StatusChangeArguments

    func run() async throws { try await change.apply(.suspend, done: "suspended") }
}

/// `chancery reinstate`
struct ReinstateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate", abstract: "Ends a suspension.",
        discussion: "Example:\n  chancery reinstate NUMBER --reason \"Inspection passed\"")

    @OptionGroup var change: StatusChangeArguments

    func run() async throws { try await change.apply(.reinstate, done: "valid again") }
}
