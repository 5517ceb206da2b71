import ArgumentParser
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives

/// `chancery preview`
struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Draws a type's page with sample values and a SPECIMEN mark, unsigned.",
        discussion: "Needs the policies only. Example:\n  chancery preview --type business-license --out page.pdf")

    @Option(help: "License type: the name of its folder in the policies.")
    var type: String

    @Option(help: ArgumentHelp("The PDF to write.", valueName: "file"))
    var out: String

    @Option(help: "Department whose name the page shows, where several may issue the type.")
    var department: String?

    @Option(name: .customLong("repeat"), help: "Draw the page so many times and tell how long one takes.")
    var repetitions: Int?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        if let repetitions, !(1...1_000_000).contains(repetitions) {
            throw ValidationError("--repeat is a number from 1 to 1000000, not \(repetitions)")
        }
    }

    func run() async throws {
        let settings = try options.settings()
        let policy = try Assembly.policies(settings).licensing
        let type = try policy.knownType(type)
        let pages = DeferredPages(policy: policy, folder: settings.policies)
        try pages.compile()
        let preview = PagePreview(
            policy: policy, renderer: pages, randomness: Assembly.randomness, clock: Assembly.clock,
            issuerURL: settings.issuer)
        try OutputFile.write(try preview.pdf(of: type, department: department), to: out)
        Terminal.talk("wrote \(out)")
        if let repetitions { try time(preview, type, repetitions) }
    }

    private func time(_ preview: PagePreview, _ type: LicenseType, _ repetitions: Int) throws {
        let clock = ContinuousClock()
        let duration = try clock.measure {
            for _ in 0..<repetitions { _ = try preview.page(of: type, department: department) }
        }
        let (seconds, attoseconds) = duration.components
        let microseconds = (Double(seconds) * 1e6 + Double(attoseconds) / 1e12) / Double(repetitions)
        Terminal.talk("a page takes \((microseconds / 10).rounded() / 100) ms (\(repetitions) drawn)")
    }
}
