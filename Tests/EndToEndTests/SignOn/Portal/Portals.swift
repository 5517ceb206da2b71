import Foundation

/// The portals of the plans. Every site has the same ones.
struct Portals: Sendable {
    /// Basic OP: a secret in the header, RS256 ID tokens.
    let basic: Portal
    /// The second client of the plans, in another department of the same sector.
    let second: Portal
    /// A secret in the body.
    let post: Portal
    /// A key, but the baseline profile.
    let keyed: Portal
    /// FAPI 2.0 with PS256 ID tokens, and the second client of that plan.
    let fapi: Portal
    let fapiSecond: Portal
    /// A native app.
    let native: Portal
    /// In another sector, where people must agree.
    let asking: Portal
    /// Where only the highest level will do.
    let strong: Portal
    /// Two of different sectors that know people by one public name.
    let open: Portal
    let openElsewhere: Portal
    /// EdDSA ID tokens.
    let edwards: Portal
    /// Acts for itself.
    let system: Portal
    /// Receive tokens and ask what they are worth.
    let registry: Portal
    let elsewhere: Portal

    private static let people = "scopes: [openid, profile, email, phone, address, offline_access]"

    init(_ keys: ClientKeys, receiverPort: Int) {
        basic = Portal(
            id: "basic", authentication: .basic("basic secret/with:odd+characters%"),
            redirectURI: "https://basic.example/callback",
            policy: Portals.site("basic", "idTokenAlgorithm: RS256", receiverPort: receiverPort) + [
                "grants: [authorization_code, refresh_token, token_exchange]"
            ])
        second = Portal(
            id: "second", authentication: .basic("second-secret"), redirectURI: "https://second.example/callback",
            policy: Portals.site("second", receiverPort: receiverPort), department: "food-safety")
        post = Portal(
            id: "post", authentication: .post("post-secret"), redirectURI: "https://post.example/callback",
            policy: Portals.site("post"))
        keyed = Portal(
            id: "keyed", authentication: .key(keys.first), redirectURI: "https://keyed.example/callback",
            policy: Portals.site("keyed"))
        fapi = Portal(
            id: "fapi", authentication: .key(keys.first), redirectURI: "https://fapi.example/callback",
            policy: Portals.site("fapi", "profile: fapi2", "idTokenAlgorithm: PS256"), moreKeys: [keys.rsa.ps256],
            isStrict: true)
        fapiSecond = Portal(
            id: "fapi-second", authentication: .key(keys.second), redirectURI: "https://fapi-second.example/callback",
            policy: Portals.site("fapi-second", "profile: fapi2"), isStrict: true)
        native = Portal(
            id: "native", authentication: .none, redirectURI: "http://127.0.0.1:7000/callback",
            policy: [
                "kind: public", "redirectURIs: [\"http://127.0.0.1/callback\", \"http://[::1]/callback\"]",
                "grants: [authorization_code, refresh_token, device_code]", Portals.people,
            ])
        asking = Portals.web("asking", "consent: ask", in: "housing-construction")
        strong = Portals.web("strong", "assurance: {minimum: substantial}")
        open = Portals.web("open", "subject: public")
        openElsewhere = Portals.web("open-elsewhere", "subject: public", in: "housing-construction")
        edwards = Portals.web("edwards", "idTokenAlgorithm: EdDSA")
        system = Portal(
            id: "system", authentication: .basic("system-secret"), redirectURI: "",
            policy: ["kind: service", "grants: [client_credentials, token_exchange]", "scopes: [\"license:read\"]"])
        registry = Portal(
            id: "registry", authentication: .basic("registry-secret"), redirectURI: "",
            policy: ["kind: resource", "grants: []", "scopes: [openid]", "resource: \"https://registry.example/api\""])
        elsewhere = Portal(
            id: "elsewhere", authentication: .basic("elsewhere-secret"), redirectURI: "",
            policy: ["kind: resource", "grants: []", "scopes: [openid]", "resource: \"https://elsewhere.example/\""],
            department: "housing-construction")
    }

    /// A web portal with a secret and one line of its own.
    private static func web(_ id: String, _ line: String, in department: String = "market-regulation") -> Portal {
        Portal(
            id: id, authentication: .basic("\(id)-secret"), redirectURI: "https://\(id).example/callback",
            policy: site(id, line), department: department)
    }

    /// The policy of a web portal with one callback.
    private static func site(_ id: String, _ more: String..., receiverPort: Int? = nil) -> [String] {
        let receiver = receiverPort.map { ["backchannelLogoutURI: \"http://127.0.0.1:\($0)/\(id)\""] } ?? []
        return [
            "kind: confidential", "redirectURIs: [\"https://\(id).example/callback\"]",
            "postLogoutRedirectURIs: [\"https://\(id).example/goodbye\"]", people,
        ] + receiver + more
    }

    var all: [Portal] {
        [
            basic, second, post, keyed, fapi, fapiSecond, native, asking, strong, open, openElsewhere, edwards, system,
            registry, elsewhere,
        ]
    }

    /// Puts them in the place of the shipped ones.
    func write(to office: Chancery) throws {
        let folder = office.file("policies/portals")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for portal in all { try office.write(portal.file, to: "policies/portals/\(portal.id).yaml") }
    }
}
