import ArgumentParser
import LicensePages
import PolicyFiles

/// `chancery policy check`
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Works on the policy folder.", subcommands: [PolicyCheckCommand.self])
}

struct PolicyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reports every fault of the policy folder as file:line:column; exit 1 on faults.",
        discussion: "Example:\n  chancery policy check --policies policies")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings()
        let folder = settings.policies
        var faults: [String] = []
        do {
            let policy = try Assembly.policies(settings).licensing
            try DeferredPages(policy: policy, folder: folder).compile()
        } catch let found as PolicyFaults {
            faults = found.faults.map(\.description)
        } catch let found as TemplateFaults {
            faults = found.faults.map(\.description)
        }
        guard faults.isEmpty else {
            for fault in faults { Terminal.data(fault) }
            throw CommandFault(.refused, "\(faults.count) \(faults.count == 1 ? "fault" : "faults") in \(folder)")
        }
        Terminal.talk("\(folder) is sound")
    }
}
