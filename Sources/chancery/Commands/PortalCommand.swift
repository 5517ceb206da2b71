import ArgumentParser
import Identity
import Primitives
import Store

/// `chancery portal undelivered`
struct PortalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal", abstract: "Systems that people sign in to.",
        subcommands: [PortalUndeliveredCommand.self])
}

struct PortalUndeliveredCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undelivered", abstract: "Lists portals that could not be told of the end of a session.",
        discussion: "Works while the service runs. Example:\n  chancery portal undelivered")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let assembly = try Assembly(try options.settings(), mode: .readOnly)
        defer { assembly.close() }
        let notices = try await assembly.store.undelivered()
        if json {
            Terminal.data(JSONValue.array(notices.map(\.json)).prettyText)
        } else if notices.isEmpty {
            Terminal.talk("nothing is undelivered")
        } else {
            for notice in notices { Terminal.data(notice.line) }
        }
    }
}

extension LogoutNotice {
    fileprivate var line: String {
        let next = nextAttemptAt.map { "next attempt \($0)" } ?? "given up"
        return "\(portalID)  session \(sessionID)  ended \(createdAt)  \(attempts) failed, \(next)  \(lastFault ?? "")"
    }

    fileprivate var json: JSONValue {
        [
            "id": .string(id.description), "portal": .string(portalID), "subject": .string(subject),
            "session": .string(sessionID.description), "endedAt": .string(createdAt.description),
            "attempts": .integer(attempts), "nextAttemptAt": .text(nextAttemptAt?.description),
            "lastFault": .text(lastFault),
        ]
    }
}
