import Testing

/// Where a journey through the pages ended, and what was asked on the way.
struct Arrival {
    /// The redirect that left the provider, or the page where it ended.
    let answer: HTTPAnswer
    /// Paths of the forms that were answered.
    let asked: [String]

    /// `nil` on a page.
    var location: String? { answer["location"] }
    var parameters: Form { Form(queryOf: location ?? "") }
    var code: String? { parameters["code"] }
    var error: String? { parameters["error"] }
}

extension Browser {
    /// Follows a portal's request to its end: signs in where asked, and says yes or no to what goes to the portal.
    ///
    /// - Parameters:
    ///   - start: the address that the portal sends the browser to.
    ///   - allows: the answer to notice or consent.
    func travel(_ start: String, as person: Person? = nil, allows: Bool = true) throws -> Arrival {
        try travel(from: try get(start), as: person, allows: allows)
    }

    func travel(from first: HTTPAnswer, as person: Person? = nil, allows: Bool = true) throws -> Arrival {
        var answer = try follow(first)
        var asked: [String] = []
        for _ in 0..<6 where answer.status == 200 {
            guard let path = Browser.questions.first(where: { answer.form($0) != nil }) else { break }
            asked.append(path)
            answer = try follow(try reply(to: path, on: answer, as: person ?? site.citizen, allows: allows))
        }
        return Arrival(answer: answer, asked: asked)
    }

    private static let questions = ["/sign-in", "/second-factor", "/account", "/consent"]

    private func reply(
        to path: String, on page: HTTPAnswer, as person: Person, allows: Bool
    ) throws -> HTTPAnswer {
        switch path {
        case "/sign-in":
            try submit(page, path, ["username": person.login, "password": person.password])
        case "/second-factor":
            throw Misfortune("a second factor is asked for, which this journey has not")
        default: try submit(page, path, ["decision": allows ? "allow" : "deny"])
        }
    }

    /// Signs in at the citizen's own page.
    @discardableResult
    func signIn(as person: Person? = nil) throws -> HTTPAnswer {
        let arrival = try travel("/", as: person)
        try #require(arrival.answer.status == 200 && session != nil, "nobody is signed in: \(arrival.answer.heading)")
        return arrival.answer
    }

    /// Whether the browser has a session that the provider knows.
    func isSignedIn() throws -> Bool {
        guard session != nil else { return false }
        return try follow(try get("/")).form("/sign-in") == nil
    }
}
