import Identity
import Primitives

/// Lines of an account's history: JSON inside, bound to the account and the moment.
extension PersonalSeals {
    private static func context(_ account: Identifier<Account>, _ at: Instant) -> String {
        "account-history/\(account)/\(at.millisecondsSinceEpoch)"
    }

    func seal(_ entry: HistoryEntry) throws -> [UInt8] {
        let object: JSONObject =
            switch entry.event {
            case .signedIn(let device, let amr):
                JSONObject([
                    ("event", "signed-in"), ("device", .string(device)), ("amr", .array(amr.map { .string($0) })),
                ])
            case .dataSent(let portalID, let data):
                JSONObject([
                    ("event", "data-sent"), ("portal", .string(portalID)), ("data", .array(data.map { .string($0) })),
                ])
            }
        return try sealing.seal(
            Secret(JSONValue.object(object).compactBytes),
            context: PersonalSeals.context(entry.accountID, entry.at))
    }

    func entry(
        _ line: AccountHistoryTable.Line, of account: Identifier<Account>
    ) throws -> HistoryEntry {
        let opened = try sealing.open(line.sealed, context: PersonalSeals.context(account, line.at))
        guard let event = (try? JSONReader.read(opened.exposedBytes)).flatMap(PersonalSeals.event) else {
            throw StoreFault.corrupted("a line of an account's history is not understood")
        }
        return HistoryEntry(accountID: account, at: line.at, event: event)
    }

    private static func event(_ value: JSONValue) -> HistoryEntry.Event? {
        let texts = { (name: String) in value[name]?.array?.compactMap(\.string) ?? [] }
        switch value["event"]?.string {
        case "signed-in": return .signedIn(device: value["device"]?.string ?? "", amr: texts("amr"))
        case "data-sent":
            return value["portal"]?.string.map { .dataSent(portalID: $0, data: texts("data")) }
        default: return nil
        }
    }
}
