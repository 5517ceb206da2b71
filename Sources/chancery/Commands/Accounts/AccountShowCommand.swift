import ArgumentParser
import Audit
import Identity
import OpenSSLCrypto
import Primitives
import Store

struct AccountShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows an account's kind, assurance, roles and state.",
        discussion: """
            Personal data is shown with --profile only, and that look-up goes into the audit trail. Example:
              chancery account show zhang.san
            """)

    @Argument(help: "The account's id or login.")
    var account: String

    @Flag(help: "Show personal data too.")
    var profile = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: profile ? .readWrite : .readOnly)
        defer { assembly.close() }
        guard let record = try await AccountOffice(try assembly.signOn()).account(account) else {
            throw AccountCommand.unknown(account)
        }
        if profile {
            try await assembly.store.append(
                AuditEntry(
                    .accountLookedUp, at: Assembly.clock.now(), actor: Assembly.operatorName,
                    object: record.account.id.description, details: JSONObject([("shown", "profile")])))
        }
        let shown = AccountDescription(record: record, showsProfile: profile)
        Terminal.data(json ? shown.json.prettyText : shown.text)
    }
}

/// An account for an operator.
struct AccountDescription {
    let record: AccountRecord
    let showsProfile: Bool

    private var account: Account { record.account }

    var json: JSONValue {
        var object = JSONObject([
            ("id", .string(account.id.description)), ("kind", .string(account.kind.rawValue)),
            ("state", .string(state)), ("assurance", .string(account.assurance.rawValue)),
            ("proofings", .array(account.proofings.map(\.json))),
            ("roles", .array(account.roles.map { .string($0.description) })),
            ("oneTimePassword", .bool(record.hasOneTimePassword)),
            ("recoveryCodesLeft", .integer(record.recoveryCodesLeft)),
            ("createdAt", .string(account.createdAt.description)),
            ("updatedAt", .string(account.updatedAt.description)),
        ])
        if showsProfile { object["profile"] = .object(JSONObject(profileLines.map { ($0, .string($1)) })) }
        return .object(object)
    }

    var text: String {
        var lines = [
            ("account", account.id.description), ("kind", account.kind.rawValue), ("state", state),
            ("assurance", account.assurance.rawValue),
        ]
        lines += account.proofings.map { ("proofing", "\($0.level.rawValue), \($0.at), \($0.source), \($0.method)") }
        lines += account.roles.map { ("role", $0.description) }
        let factor =
            record.hasOneTimePassword ? "one-time password, \(record.recoveryCodesLeft) recovery codes left" : "none"
        lines += [
            ("second factor", factor), ("created", account.createdAt.description),
            ("updated", account.updatedAt.description),
        ]
        if showsProfile { lines += profileLines }
        return lines.map { "\($0): \($1)" }.joined(separator: "\n")
    }

    private var state: String { account.isDisabled ? "disabled" : "active" }

    private var profileLines: [(String, String)] {
        let profile = account.profile
        let all: [(String, String?)] = [
            ("name", profile.name), ("givenName", profile.givenName), ("familyName", profile.familyName),
            ("email", profile.email), ("emailVerified", profile.email.map { _ in "\(profile.isEmailVerified)" }),
            ("phone", profile.phone), ("address", profile.address), ("idType", profile.idType),
            ("idNumber", profile.id),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension Proofing {
    fileprivate var json: JSONValue {
        [
            "level": .string(level.rawValue), "at": .string(at.description), "source": .string(source),
            "method": .string(method),
        ]
    }
}
