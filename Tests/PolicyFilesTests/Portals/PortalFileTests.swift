import Identity
import JOSE
import PolicyFiles
import Primitives
import Testing

struct PortalFileTests {
    @Test func `the page's own example loads with every key`() throws {
        let portal = try PortalSample.portal(
            """
            name: {en: Citizen Portal, zh: 市民门户}
            department: market-regulation
            kind: confidential                  # confidential, public, service (no users), resource
            authentication: {method: client_secret_post, secretSHA256: "\(PortalSample.hash.uppercased())"}
            redirectURIs: ["http://127.0.0.1:9001/callback"]
            postLogoutRedirectURIs: ["http://127.0.0.1:9001/"]
            backchannelLogoutURI: "http://127.0.0.1:9001/logout"
            grants: [authorization_code, refresh_token, client_credentials, token_exchange, device_code]
            scopes: [openid, profile, email, phone, offline_access]
            profile: baseline
            assurance: {minimum: substantial}
            consent: ask
            subject: public
            idTokenAlgorithm: RS256
            exchange: {audiences: []}

            """)
        #expect(portal.id == "tax" && portal.name["zh"] == "市民门户" && portal.kind == .confidential)
        #expect(portal.departmentID == "market-regulation" && portal.sector == "market-regulation")
        let digest = try #require(Hexadecimal.decode(PortalSample.hash).flatMap { Digest($0) })
        #expect(portal.authentication == .secretPost(digest))
        #expect(portal.redirectURIs == ["http://127.0.0.1:9001/callback"])
        #expect(portal.postLogoutRedirectURIs == ["http://127.0.0.1:9001/"])
        #expect(portal.backchannelLogoutURI == "http://127.0.0.1:9001/logout")
        #expect(portal.grants == Set(GrantType.allCases))
        #expect(portal.scopes == ["openid", "profile", "email", "phone", "offline_access"])
        #expect(portal.profile == .baseline && portal.minimumAssurance == .substantial && portal.consent == .ask)
        #expect(portal.subject == .public && portal.idTokenAlgorithm == .rs256 && portal.exchangeAudiences == [])
    }

    @Test func `what is left out has the defaults of its kind`() throws {
        let portal = try PortalSample.portal(PortalSample.confidential)
        #expect(portal.grants == [.authorizationCode, .refreshToken] && portal.scopes == ["openid"])
        #expect(portal.profile == .baseline && portal.minimumAssurance == .low && portal.consent == .notice)
        #expect(portal.subject == .pairwise && portal.idTokenAlgorithm == .es256 && portal.resource == nil)
        let app = try PortalSample.portal(PortalSample.public)
        #expect(app.authentication == .none && app.grants == [.authorizationCode, .refreshToken])
        let service = try PortalSample.portal(PortalSample.service)
        #expect(service.grants == [.clientCredentials] && service.scopes == [] && service.redirectURIs == [])
        let resource = try PortalSample.portal(PortalSample.resource)
        #expect(resource.grants == [] && resource.resource == "https://api.example/tax")
    }

    @Test func `a portal has its department's sector`() throws {
        var sample = PortalSample.sample(["tax": PortalSample.service])
        sample.files["departments/market-regulation.yaml"] = Array(
            "name: {en: Bureau}\ncode: 11110000000021135M\nsector: trade\n".utf8)
        #expect(try sample.onDisk { try PolicyFolder.load($0).portals["tax"]?.sector } == "trade")
    }

    @Test func `keys of private_key_jwt are read as they are published`() throws {
        let portal = try PortalSample.portal(PortalSample.financial)
        guard case .privateKeyJWT(let keys) = portal.authentication else {
            Issue.record("another method")
            return
        }
        #expect(keys.map(\.keyID) == ["1"] && portal.profile == .fapi2)
    }

    @Test func `no portals, no folder and grants of none are valid`() throws {
        #expect(try PolicySample().onDisk { try PolicyFolder.load($0).portals } == [:])
        var sample = PolicySample()
        sample.files["portals/"] = []
        #expect(try sample.onDisk { try PolicyFolder.load($0).portals } == [:])
        #expect(try PortalSample.portal(PortalSample.resource + "grants: []\n").grants == [])
    }

    @Test func `what is missing is named together`() throws {
        #expect(
            try PortalSample.faults("subject: pairwise\n") == [
                "1:1: `department` is missing: give the id of a department",
                "1:1: `kind` is missing: give one of `confidential`, `public`, `service`, `resource`",
                "1:1: `name` is missing: give a text by language, for example `{en: Example, zh: 示例}`",
            ])
        #expect(
            try PortalSample.faults("name: {en: A}\ndepartment: market-regulation\nkind: confidential\n") == [
                "1:1: `authentication` is missing: every portal but a public one has a secret or a key, for example `{method: client_secret_basic, secretSHA256: …}`",
                "1:1: `redirectURIs` is missing: the grant `authorization_code` needs at least one, for example `[\"https://portal.example/callback\"]`",
            ])
    }

    @Test func `unknown words are faults with a hint`() throws {
        let text = PortalSample.confidential
        func faults(adding line: String) throws -> [String] { try PortalSample.faults(text + line + "\n") }
        let unknown = try #require(try faults(adding: "zzzzzzzzzzzz: 1").first)
        let words = unknown.split(separator: "`").dropFirst(3).filter { $0.contains { $0.isLetter } && $0 != " and " }
        #expect(words.count > 5 && Set(words).count == words.count, "\(unknown)")
        #expect(try faults(adding: "concent: ask") == ["6:1: unknown key `concent`: did you mean `consent`?"])
        #expect(try faults(adding: "consent: always") == ["6:10: expected one of `notice`, `ask`, found `always`"])
        #expect(
            try faults(adding: "grants: [authorisation_code]") == [
                "6:10: unknown word `authorisation_code`: did you mean `authorization_code`?"
            ])
        #expect(
            try faults(adding: "grants: [implicit]") == [
                "6:10: expected one of `authorization_code`, `refresh_token`, `client_credentials`, `token_exchange`, `device_code`, found `implicit`"
            ])
        #expect(
            try faults(adding: "idTokenAlgorithm: ES384") == [
                "6:19: expected one of `ES256`, `RS256`, `PS256`, `EdDSA`, found `ES384`"
            ])
        #expect(
            try faults(adding: "assurance: {minimum: medium}") == [
                "6:22: expected one of `low`, `substantial`, `high`, found `medium`"
            ])
        #expect(
            try faults(adding: "scopes: [openid, \"a b\"]") == [
                "6:18: `a b` is no scope: use printable ASCII without spaces, quotes and backslashes, at most 128 characters"
            ])
        #expect(
            try faults(adding: "scopes: [openid, openid]") == [
                "6:18: the scope `openid` stands twice, first in line 6: take one out"
            ])
        #expect(try PortalSample.faults(text, "kind: confidential", to: "kind: web").count == 1)
    }

    @Test func `a department that is not there is named`() throws {
        #expect(
            try PortalSample.faults(
                PortalSample.service, "department: market-regulation", to: "department: market-regulator")
                == ["2:13: there is no department `market-regulator`: did you mean `market-regulation`?"])
    }

    @Test func `names of files and folders are checked`() throws {
        var sample = PolicySample()
        for name in ["portals/tax/portal.yaml", "portals/tax.yml", "portals/Tax_Portal.yaml"] {
            sample.files[name] = Array(PortalSample.service.utf8)
        }
        #expect(
            try sample.faults() == [
                "portals/Tax_Portal.yaml:1:1: `Tax_Portal` is no id: use lower-case letters, digits and single hyphens, beginning with a letter, at most 64, for example `tax-portal`",
                "portals/tax:1:1: this folder is not read: a portal is a file `portals/<id>.yaml`",
                "portals/tax.yml:1:1: this file is not read: the file of a portal is named `<id>.yaml`",
            ])
    }
}
