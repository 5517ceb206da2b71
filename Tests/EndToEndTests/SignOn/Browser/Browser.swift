import Testing

/// A browser at the provider: keeps cookies, reads forms, and follows redirects one by one.
final class Browser {
    let site: SignOnSite
    var cookies: [String: String] = [:]
    /// Every `Set-Cookie` line that came.
    private(set) var cookieLines: [String] = []
    var language = "en"
    /// The loopback address that the service sees.
    var source = "127.0.0.1"
    /// Sent with every request.
    var headers: [String] = []

    init(_ site: SignOnSite) {
        self.site = site
    }

    /// The session cookie's value.
    var session: String? { cookies[site.sessionCookie] }

    /// - Parameter address: of the provider, with or without its origin.
    func get(_ address: String, headers: [String] = []) throws -> HTTPAnswer {
        try send("GET", address, headers: headers)
    }

    func post(_ address: String, _ form: Form, headers: [String] = []) throws -> HTTPAnswer {
        try send(
            "POST", address, headers: headers + ["Content-Type: application/x-www-form-urlencoded"],
            body: Array(form.text.utf8))
    }

    func send(
        _ method: String, _ address: String, headers: [String] = [], body: [UInt8]? = nil
    ) throws -> HTTPAnswer {
        let path = try #require(site.path(of: address), "\(address) is not of the provider")
        let cookie = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let answer = try site.ask(
            method, path,
            headers: self.headers + headers + (cookie.isEmpty ? [] : ["Cookie: \(cookie)"]) + [
                "Accept-Language: \(language)"
            ],
            body: body, from: source)
        for line in answer.all("set-cookie") { keep(line) }
        return answer
    }

    private func keep(_ line: String) {
        cookieLines.append(line)
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = line.contains("Max-Age=0") || pair[1].isEmpty ? nil : String(pair[1])
    }

    /// Follows redirects inside the provider, to a page or to the redirect that leaves.
    func follow(_ answer: HTTPAnswer) throws -> HTTPAnswer {
        var answer = answer
        for _ in 0..<10 {
            guard answer.status == 303 || answer.status == 302, let location = answer["location"],
                site.path(of: location) != nil
            else { return answer }
            answer = try get(location)
        }
        throw Misfortune("redirects without end")
    }

    /// Sends the form of a page that goes to `path`; fields that are not given keep their values.
    func submit(_ page: HTTPAnswer, _ path: String, _ values: [String: String]) throws -> HTTPAnswer {
        let form = try #require(page.form(path), "no form to \(path) on “\(page.heading)” (\(page.status))")
        return try post(form.action, form.fields.with(values))
    }
}
