import Audit
import Identity
import OpenSSLCrypto
import Primitives

/// A provider with four portals in memory, and one account to sign in with.
struct TestDesk: Sendable {
    static let issuer = "https://login.example"
    static let secret = "portal-secret"
    static let login = "wang"
    static let password = "correct horse battery"

    let books = MemoryBooks()
    let clock = TestClock()
    let passwords = TestPasswords()
    let signOn: SignOn
    let randomness = OpenSSLRandomness()

    init(
        policy: SignInPolicy = SignInPolicy(), portals: [Portal] = TestDesk.portals,
        verifier: any SignatureVerifier = OpenSSLSignatureVerifier()
    ) {
        let sealing = DataKeySealing(dataKey: Secret([UInt8](repeating: 7, count: 32)))
        let directory = PortalDirectory(
            portals: Dictionary(portals.map { ($0.id, $0) }) { first, _ in first }, issuer: TestDesk.issuer,
            authorityName: TestDesk.text("Test Authority"), languages: ["zh", "en"])
        signOn = SignOn(
            directory: directory, policy: policy, books: books, keys: TestKeys(), mac: TestMAC(sealing: sealing),
            naming: TestNaming(sealing: sealing), passwords: passwords, oneTimePasswords: TestOneTimePasswords(),
            sealing: sealing, hashing: OpenSSLHashing(), randomness: randomness,
            verifier: verifier, clock: clock)
    }

    static func text(_ english: String) -> LocalizedText {
        LocalizedText(["en": english])!
    }

    static let secretHash = OpenSSLHashing().sha256(Array(secret.utf8))

    /// `citizen` and `shop` share a sector, `tax` has another; `app` is public, `bank` follows FAPI 2.0.
    static let portals = [
        portal("citizen", sector: "commerce", scopes: Scope.all),
        portal("shop", sector: "commerce", scopes: ["openid", "profile"]),
        portal("tax", sector: "tax", scopes: ["openid", "profile", "email"], consent: .ask),
        Portal(
            id: "app", name: text("App"), departmentID: "market", sector: "commerce", kind: .public,
            authentication: .none, redirectURIs: ["http://127.0.0.1/callback", "https://app.example/callback"],
            scopes: ["openid", "profile"]),
        Portal(
            id: "bank", name: text("Bank"), departmentID: "tax", sector: "tax", kind: .confidential,
            authentication: .privateKeyJWT([]), redirectURIs: ["https://bank.example/callback"],
            scopes: ["openid", "profile"], profile: .fapi2),
    ]

    static func portal(
        _ id: String, sector: String, scopes: [String], consent: PortalConsent = .notice,
        minimum: Assurance = .low
    ) -> Portal {
        Portal(
            id: id, name: text(id), departmentID: "market", sector: sector, kind: .confidential,
            authentication: .secretBasic(secretHash), redirectURIs: ["https://\(id).example/callback"],
            postLogoutRedirectURIs: ["https://\(id).example/"], backchannelLogoutURI: "https://\(id).example/logout",
            scopes: scopes, minimumAssurance: minimum, consent: consent)
    }

    /// Adds an account, by default with `TestDesk.login` and `TestDesk.password`.
    @discardableResult
    func addAccount(
        login: String = TestDesk.login, password: String = TestDesk.password, assurance: Assurance = .substantial
    ) async throws -> Account {
        let now = clock.now()
        let profile = Profile(
            name: "王小明", givenName: "小明", familyName: "王", email: "wang@example.org", isEmailVerified: true,
            phone: "+86 10 1234", address: "示例路 1 号", idType: "111", id: "11010519491231002X")
        let account = Account(
            id: Identifier(from: randomness), kind: .person, profile: profile, assurance: assurance, namingVersion: 1,
            createdAt: now, updatedAt: now)
        let hash = "test$" + OpenSSLHashing().sha256(Array(password.utf8)).description
        try await books.add(account, login: login, passwordHash: hash, entries: [])
        return account
    }
}

enum Scope {
    static let all = ["openid", "profile", "email", "phone", "address", "offline_access"]
}
