import ArgumentParser
import Licensing
import Primitives
import Store

/// `chancery issue`
struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issues one license from a JSON application; prints its number.",
        discussion: """
            Writes NUMBER.pdf and NUMBER.sd-jwt to the output folder. Examples:
              chancery issue --type business-license --input application.json --out issued
              cat application.json | chancery issue --type food-permit --input - --json
            """)

    @Option(help: "License type: the name of its folder in the policies.")
    var type: String

    @Option(help: ArgumentHelp("Application as JSON, or - for standard input.", valueName: "file"))
    var input: String

    @Option(help: ArgumentHelp("Folder for the documents.", valueName: "dir"))
    var out = "."

    @Option(help: "Issuing department, where several may issue the type.")
    var department: String?

    @Flag(help: "Print {\"number\", \"files\"} instead of the number alone.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let type = try assembly.policy.knownType(type)
        let application = try ApplicationFile.read(input, type: type)
        let folder = try OutputFolder(out)
        let office = try await assembly.issuingOffice()
        let license = try await office.issue(
            application, type: type, department: department, idempotencyKey: nil, actor: Assembly.operatorName)
        try IssuedFiles.write(license, to: folder, asJSON: json)
    }
}

/// `chancery supersede`
struct SupersedeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supersede",
        abstract: "Issues the next version of a license; the old one then verifies as superseded.",
        discussion: "Example:\n  chancery supersede NUMBER --input corrected.json --out issued")

    @Argument(help: "Number of the license that is replaced.")
    var number: String

    @Option(help: ArgumentHelp("Application as JSON, or - for standard input.", valueName: "file"))
    var input: String

    @Option(help: ArgumentHelp("Folder for the documents.", valueName: "dir"))
    var out = "."

    @Flag(help: "Print {\"number\", \"files\"} instead of the number alone.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let number = try NumberArgument.read(number)
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        guard let record = try await assembly.store.record(of: number) else { throw NumberArgument.unknown(number) }
        let application = try ApplicationFile.read(input, type: try assembly.policy.knownType(record.typeID))
        let folder = try OutputFolder(out)
        let office = try await assembly.issuingOffice()
        let license = try await office.supersede(number, with: application, actor: Assembly.operatorName)
        try IssuedFiles.write(license, to: folder, asJSON: json)
    }
}
