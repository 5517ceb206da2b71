import ArgumentParser

/// The program's subcommands.
struct Chancery: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "chancery",
        abstract: "Issues electronically signed licenses and verifies them, online or off.",
        discussion: """
            A department issues, a stranger verifies:
              chancery init
              chancery issue --type business-license --input application.json --out issued
              chancery verify issued/NUMBER.pdf --trust keys/trust
            """,
        version: version,
        subcommands: [
            VerifyCommand.self, InitCommand.self, ServeCommand.self, IssueCommand.self, BatchCommand.self,
            PreviewCommand.self, ShowCommand.self, RevokeCommand.self, SuspendCommand.self, ReinstateCommand.self,
            SupersedeCommand.self, BundleCommand.self, AccountCommand.self, PortalCommand.self, PolicyCommand.self,
            KeysCommand.self, AuditCommand.self,
        ])
}
