import ArgumentParser
import Licensing
import OpenSSLCrypto
import Store

/// `chancery bundle`
struct BundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Writes one signed file with trust anchors, status lists and CRLs, for verifiers without a network.",
        discussion: """
            Example:
              chancery bundle --out status.bundle
              chancery verify license.pdf --trust root.pem --status status.bundle --offline
            """)

    @Option(help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var out: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let bundle = try await assembly.bundles.bundle(at: Assembly.clock.now(), actor: Assembly.operatorName)
        if out == "-" {
            Terminal.data(bundle)
        } else {
            try OutputFile.write(bundle, to: out)
            Terminal.talk("wrote \(out)")
        }
    }
}
