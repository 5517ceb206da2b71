import Primitives
import Testing

/// The names under which portals know people, and who can tell whose they are.
@Suite struct `Names of people at portals` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    /// The `sub` of everything that a portal gets of somebody: there is one.
    private func subject(_ portal: Portal, in browser: Browser, as person: Person) throws -> String {
        let party = try RelyingParty(portal, at: site)
        let attempt = party.attempt()
        let tokens = try Tokens(party.redeem(party.code(attempt, in: browser, as: person), attempt))
        let name = try #require(try party.idToken(tokens, nonce: attempt.nonce)["sub"]?.string)
        #expect(try site.claims(tokens.access)["sub"]?.string == name)
        #expect(try party.userInfo(tokens.access).json?["sub"]?.string == name)
        #expect(try party.introspect(tokens.access).json?["sub"]?.string == name)
        return name
    }

    @Test func `portals with public names know a person by one name in all sectors, the others by one in each`() throws
    {
        let (person, browser, portals) = (try site.person(), Browser(site), site.portals)
        let here = try subject(portals.open, in: browser, as: person)
        let elsewhere = try subject(portals.openElsewhere, in: browser, as: person)
        #expect(here == elsewhere)
        let commerce = try subject(portals.basic, in: browser, as: person)
        let construction = try subject(portals.asking, in: browser, as: person)
        #expect(Set([here, commerce, construction]).count == 3)
        let other = try subject(portals.open, in: Browser(site), as: site.neighbour)
        #expect(other != here, "a public name is one person's")
    }

    // MARK: Looking somebody up

    private func find(_ subject: String, in sector: String, _ more: [String] = []) throws -> Chancery.Run {
        try site.office.run(["account", "find", "--subject", subject, "--sector", sector] + more)
    }

    private func lookUps() throws -> [AuditTrail.Entry] {
        try AuditTrail(of: site.office).entries.filter { $0.event == "account-looked-up" }
    }

    @Test func `an operator finds who is behind the name in a token, in its own sector alone, and it stands on record`()
        throws
    {
        let (person, browser) = (try site.person(), Browser(site))
        let commerce = try subject(site.portals.basic, in: browser, as: person)
        let construction = try subject(site.portals.asking, in: browser, as: person)
        let before = try lookUps()

        for (name, sector) in [(commerce, "commerce"), (construction, "construction")] {
            let found = try find(name, in: sector)
            #expect(found.status == 0 && found.output == person.id, "\(sector): \(found.talk)")
        }
        #expect(try JSONReader.read(find(commerce, in: "commerce", ["--json"]).bytes)["id"]?.string == person.id)
        for (name, sector) in [(commerce, "construction"), (construction, "commerce")] {
            let nobody = try find(name, in: sector)
            #expect(nobody.status == 1 && nobody.output.isEmpty, "\(sector): \(nobody.output)")
        }

        let entries = try lookUps().dropFirst(before.count)
        #expect(entries.map(\.outcome) == ["succeeded", "succeeded", "succeeded", "failed", "failed"])
        #expect(entries.map(\.object) == [person.id, person.id, person.id, nil, nil])
        let export = try site.office.run(["audit", "export"]).output
        for name in [commerce, construction] { #expect(!export.contains(name), "the name itself is not kept") }
    }

    @Test(arguments: ["-", "--", "-h", "--json", "--sector"])
    func `a name that begins like an option is looked for like every other`(_ start: String) throws {
        let name = start + String(repeating: "A", count: 43 - start.count)
        for arguments in [["--subject", name], ["--subject=" + name], ["--subject=-" + name.dropLast()]] {
            let run = try site.office.run(["account", "find", "--sector", "commerce"] + arguments)
            #expect(run.status == 1 && run.talk.contains("nobody has this name"), "\(arguments): \(run.talk)")
        }
    }
}
