import ArgumentParser
import Identity
import Licensing
import Primitives
import Store

struct AccountAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Adds a person or an organization and prints the account's id.",
        discussion: """
            Examples:
              chancery account add --login zhang.san --kind person --name 张三 --password-file secret.txt
              pass show officer | chancery account add --login li.si --kind person --name 李四 \\
                  --assurance substantial --role market-regulation:maker --password-file -
            """)

    @Option(help: "What the account signs in with.")
    var login: String

    @Option(help: "Who it is.")
    var kind: Account.Kind

    @Option(help: ArgumentHelp("Full name.", valueName: "text"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "Code of the kind of id, for example 111; 001 for organizations, which need it. Needs --id.",
            valueName: "code"))
    var idType: String?

    @Option(help: ArgumentHelp("Id number, or unified social credit code.", valueName: "text"))
    var id: String?

    @Option(help: ArgumentHelp("Given name.", valueName: "text"))
    var givenName: String?

    @Option(help: ArgumentHelp("Family name.", valueName: "text"))
    var familyName: String?

    @Option(help: ArgumentHelp("E-mail address.", valueName: "address"))
    var email: String?

    @Flag(help: "The e-mail address was checked; needs --email.")
    var emailVerified = false

    @Option(help: ArgumentHelp("Telephone number.", valueName: "number"))
    var phone: String?

    @Option(help: ArgumentHelp("Postal address in one text.", valueName: "text"))
    var address: String?

    @Option(help: "How sure it is who this is.")
    var assurance: Assurance = .low

    @Option(help: ArgumentHelp("Who checked who this is.", valueName: "text"))
    var proofingSource = "operator"

    @Option(help: ArgumentHelp("How it was checked.", valueName: "text"))
    var proofingMethod = "account-add"

    @Option(
        name: .customLong("role"),
        help: ArgumentHelp("What it may do in a department, repeatable.", valueName: "department:maker|checker|auditor")
    )
    var roles: [DepartmentRole] = []

    @Option(
        help: ArgumentHelp(
            "File with the password, - for standard input; a final line break is dropped.", valueName: "file"))
    var passwordFile: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        if (idType == nil) != (id == nil) { throw ValidationError("--id-type and --id go together; one is missing") }
        if emailVerified, email == nil { throw ValidationError("--email-verified needs --email") }
    }

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readWrite)
        defer { assembly.close() }
        let departments = assembly.policy.departments.keys.sorted()
        for role in roles where !departments.contains(role.departmentID) {
            throw CommandFault(
                .badUsage,
                "there is no department \(role.departmentID); known: \(departments.joined(separator: ", "))")
        }
        let profile = Profile(
            name: name, givenName: givenName, familyName: familyName, email: email, isEmailVerified: emailVerified,
            phone: phone, address: address, idType: idType, id: id)
        let account = NewAccount(
            login: login, kind: kind, profile: profile, assurance: assurance, roles: roles,
            proofingSource: proofingSource, proofingMethod: proofingMethod,
            password: try PasswordFile.read(passwordFile))
        let added = try await AccountOffice(try assembly.signOn()).add(account)
        Terminal.data(json ? (["id": .string(added.description)] as JSONValue).prettyText : added.description)
    }
}

/// A password that someone put into a file or pipe.
enum PasswordFile {
    private static let maximumLength = 4096

    /// The content without one final line break.
    static func read(_ path: String) throws(CommandFault) -> Secret {
        var bytes = try InputFile.read(path, limit: maximumLength)
        if bytes.last == 0x0A {
            bytes.removeLast()
            if bytes.last == 0x0D { bytes.removeLast() }
        }
        return Secret(bytes)
    }
}

extension Account.Kind: ExpressibleByArgument {}
extension Assurance: ExpressibleByArgument {}

extension DepartmentRole: ExpressibleByArgument {
    /// `market-regulation:maker`.
    package init?(argument: String) {
        self.init(argument)
    }
}
