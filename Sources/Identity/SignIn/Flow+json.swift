import Primitives

extension Flow {
    var json: JSONObject {
        var object = JSONObject([("started", .integer(startedAt.millisecondsSinceEpoch))])
        switch target {
        case .authorization(let request): object["request"] = .object(request.json)
        case .page(let page): object["page"] = .object(Flow.json(of: page))
        case .logout(let request): object["logout"] = .object(request.json)
        }
        if let pending {
            object["pending"] = [
                "account": .string(pending.accountID.description), "mark": .string(pending.passwordMark.description),
                "at": .integer(pending.at.millisecondsSinceEpoch),
            ]
        }
        switch refusal {
        case .wrong: object["wrong"] = true
        case .throttled(let until): object["throttled"] = .integer(until.millisecondsSinceEpoch)
        case nil: break
        }
        object["chosen"] = chosenSession.map { .string($0.description) }
        object["other"] = mustSignIn ? true : nil
        object["asked"] = askedSession.map { .string($0.description) }
        if let offered {
            object["offered"] = [
                "account": .string(offered.accountID.description), "secret": .string(offered.secret),
            ]
        }
        if let given {
            object["given"] = [
                "account": .string(given.accountID.description), "codes": .array(given.codes.map { .string($0) }),
            ]
        }
        return object
    }

    /// Reads `json`; `nil` when it was written by another version.
    init?(json object: JSONObject) {
        guard let startedAt = Flow.instant(object["started"]), let target = Flow.target(object) else { return nil }
        self.init(target, startedAt: startedAt)
        if let value = object["pending"] {
            guard let account = value["account"]?.string.flatMap({ Identifier<Account>($0) }),
                let mark = value["mark"]?.string.flatMap({ Hexadecimal.decode($0) }).flatMap({ Digest($0) }),
                let at = Flow.instant(value["at"])
            else { return nil }
            pending = Pending(accountID: account, passwordMark: mark, at: at)
        }
        if object["wrong"] != nil { refusal = .wrong }
        if let until = Flow.instant(object["throttled"]) { refusal = .throttled(until: until) }
        chosenSession = object["chosen"]?.string.flatMap { Identifier<Session>($0) }
        mustSignIn = object["other"] != nil
        askedSession = object["asked"]?.string.flatMap { Identifier<Session>($0) }
        if let value = object["offered"], let account = value["account"]?.string.flatMap({ Identifier<Account>($0) }),
            let secret = value["secret"]?.string
        {
            offered = Offer(accountID: account, secret: secret)
        }
        if let value = object["given"], let account = value["account"]?.string.flatMap({ Identifier<Account>($0) }) {
            given = GivenCodes(accountID: account, codes: value["codes"]?.array?.compactMap(\.string) ?? [])
        }
    }

    private static func instant(_ value: JSONValue?) -> Instant? {
        value?.integer.map { Instant(millisecondsSinceEpoch: $0) }
    }

    private static func target(_ object: JSONObject) -> Target? {
        if let request = object["request"]?.object {
            return AuthorizationRequest(json: request).map { .authorization($0) }
        }
        if let request = object["logout"]?.object { return LogoutRequest(json: request).map { .logout($0) } }
        return object["page"]?.object.flatMap(page).map { .page($0) }
    }

    private static func json(of page: LocalPage) -> JSONObject {
        switch page {
        case .citizen: return JSONObject([("name", "citizen")])
        case .secondFactor: return JSONObject([("name", "second-factor")])
        case .device(let code):
            var object = JSONObject([("name", "device")])
            object["code"] = code.map { .string($0) }
            return object
        }
    }

    private static func page(_ object: JSONObject) -> LocalPage? {
        switch object["name"]?.string {
        case "citizen": .citizen
        case "second-factor": .secondFactor
        case "device": .device(userCode: object["code"]?.string)
        default: nil
        }
    }
}
