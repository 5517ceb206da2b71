import ArgumentParser
import Audit
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives
import Store

/// `chancery init`
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Makes keys, certificates and database for the policies that are there.",
        discussion:
            "Running it again changes nothing that exists and adds what is missing.\n\nExample:\n  chancery init")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings()
        let policies = try Assembly.policies(settings)
        let policy = policies.licensing
        try DeferredPages(policy: policy, folder: settings.policies).compile()
        try refuseNewKeys(settings)
        let made = try Assembly.keyFolder(settings).initialize(
            authority: policy.authority, departments: Assembly.departments(policy), issuerURL: settings.issuer,
            tokenAlgorithms: policies.tokenAlgorithms, clock: Assembly.clock)
        for line in made { Terminal.talk("made \(line)") }
        let isNew = !InputFile.exists(settings.database)
        if let slash = settings.database.lastIndex(of: "/") {
            try OutputFolder.make(String(settings.database[..<slash]))
        }
        let assembly = try Assembly(settings, policies: policies, mode: .readWrite, isNew: true)
        defer { assembly.close() }
        try await record(made, isNew: isNew, in: assembly)
        if isNew { Terminal.talk("made \(settings.database)") }
        if made.isEmpty && !isNew { Terminal.talk("everything is there already; nothing was changed") }
    }

    /// New keys could neither open nor continue what the lost ones sealed and signed.
    private func refuseNewKeys(_ settings: Settings) throws {
        guard InputFile.exists(settings.database), !Assembly.keyFolder(settings).hasKeys else { return }
        throw CommandFault(
            .configuration,
            "there is a database at \(settings.database), but the keys it was made with are not in \(settings.keys)/private/: put them back from a backup, or move the database away to begin anew"
        )
    }

    private func record(_ made: [String], isNew: Bool, in assembly: Assembly) async throws {
        let now = Assembly.clock.now()
        if isNew {
            try await assembly.store.append(
                AuditEntry(.initialized, at: now, actor: Assembly.operatorName, object: assembly.settings.issuer))
        }
        for line in made {
            try await assembly.store.append(
                AuditEntry(.keyCreated, at: now, actor: Assembly.operatorName, object: line))
        }
    }
}
