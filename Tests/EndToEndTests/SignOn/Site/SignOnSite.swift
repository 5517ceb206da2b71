import Foundation
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

/// A running provider with the portals and people of the conformance plans.
///
/// `@unchecked Sendable`: only `restart` changes anything, and only tests call it that have a site of their own.
final class SignOnSite: @unchecked Sendable {
    /// What a site is like.
    struct Settings: Sendable {
        /// `nil`: its own address on loopback. Else it stands behind a proxy that does TLS.
        var issuer: String?
        /// Serves HTTPS itself, for `localhost`.
        var servesTLS = false
        /// `sign-in.yaml`.
        var signIn = SignOnSite.quick
    }

    /// Hashes as cheap as the policy lets them be, because the tests sign in hundreds of times.
    static let quick = "password: {scrypt: {n: 16384, r: 8, p: 1}, workers: 2, queue: 64}\n"

    let office: Chancery
    let port: Int
    let issuer: String
    let portals: Portals
    let receiver: LogoutReceiver
    let keys: ClientKeys
    private(set) var service: Service
    /// How it is spoken to where it serves HTTPS itself.
    let tls: TLSClient?

    /// The account of every test that does not change it.
    private(set) var citizen = Person(login: "", password: "", id: "")
    /// Somebody else.
    private(set) var neighbour = Person(login: "", password: "", id: "")

    init(_ settings: Settings = Settings()) throws {
        var office = try Chancery(copyingPolicies: true)
        port = try Connection.freePort()
        issuer = settings.issuer ?? "\(settings.servesTLS ? "https" : "http")://localhost:\(port)"
        office.environment = ["CHANCERY_ISSUER": issuer, "CHANCERY_LISTEN": "127.0.0.1:\(port)"]
        if settings.issuer != nil { office.environment["CHANCERY_BEHIND_PROXY"] = "yes" }
        tls = settings.servesTLS ? TLSClient(trust: try TLSClient.certificate(in: office.folder)) : nil
        if tls != nil {
            office.environment["CHANCERY_TLS_CERTIFICATE"] = "tls.pem"
            office.environment["CHANCERY_TLS_KEY"] = "tls-key.pem"
        }
        keys = try ClientKeys()
        receiver = try LogoutReceiver()
        portals = Portals(keys, receiverPort: receiver.port)
        self.office = office
        try portals.write(to: office)
        try office.write(settings.signIn, to: "policies/sign-in.yaml")
        let run = try office.run(["init"])
        guard run.status == 0 else { throw Misfortune("init failed: \(run.talk)") }
        service = try Service(office, port: port, tls: tls)
        citizen = try person("canary", assurance: "substantial")
        neighbour = try person("neighbour")
    }

    /// Ends the service as a power cut would, and starts it again on the same data.
    func killAndRestart() throws {
        service.crash()
        _ = try service.ended()
        service = try Service(office, port: port, log: "again-\(UUID().uuidString).log", tls: tls)
    }

    func close() {
        service.crash()
        receiver.close()
        office.remove()
    }

    // MARK: Addresses

    private var isHTTPS: Bool { issuer.hasPrefix("https:") }

    var sessionCookie: String { isHTTPS ? "__Host-chancery" : "chancery" }

    /// Path and query of an address of this provider; `nil` for any other.
    func path(of address: String) -> String? {
        if address.hasPrefix("/") && !address.hasPrefix("//") { return address }
        guard address == issuer || address.hasPrefix(issuer + "/") else { return nil }
        let path = address.dropFirst(issuer.count)
        return path.isEmpty ? "/" : String(path)
    }

    func ask(
        _ method: String, _ path: String, headers: [String] = [], body: [UInt8]? = nil,
        from source: String = "127.0.0.1"
    ) throws -> HTTPAnswer {
        try service.ask(method, path, headers: headers, body: body, from: source)
    }

    func get(_ path: String, headers: [String] = []) throws -> HTTPAnswer { try ask("GET", path, headers: headers) }

    func post(_ path: String, _ form: Form, headers: [String] = []) throws -> HTTPAnswer {
        try ask(
            "POST", path, headers: headers + ["Content-Type: application/x-www-form-urlencoded"],
            body: Array(form.text.utf8))
    }

    // MARK: Tokens of this provider

    /// The JWT with its signature checked by the published key that it names.
    func verified(_ token: String) throws -> JWS {
        let jws = try JWS(parsing: token)
        let published = try #require(try get("/jwks").json?["keys"]?.array?.compactMap(\.object))
        let object = try #require(
            published.first { $0["kid"]?.string == jws.keyID }, "no published key has the kid \(jws.keyID ?? "")")
        let key = try JWK(reading: object)
        #expect(key.algorithm == jws.algorithm)
        let isValid = jws.isValid(
            publicKey: key.subjectPublicKeyInfo, algorithm: key.algorithm, verifier: OpenSSLSignatureVerifier())
        try #require(isValid, "the signature is wrong")
        return jws
    }

    func claims(_ token: String) throws -> JSONObject {
        try #require(try JSONReader.read(try verified(token).payload).object)
    }
}

extension SignOnSite {
    /// The one that all tests share which leave it as they found it.
    static var shared: SignOnSite {
        get throws { try running.get() }
    }

    private static let running: Result<SignOnSite, any Error> = Result { () throws -> SignOnSite in
        let site = try SignOnSite()
        // What is static is never freed, so the end of the process must clear up.
        _ = atexit { try? SignOnSite.running.get().close() }
        return site
    }

    /// One whose codes, requests and tokens live for seconds, behind a proxy that does TLS.
    static var hasty: SignOnSite {
        get throws { try runningHasty.get() }
    }

    private static let runningHasty: Result<SignOnSite, any Error> = Result { () throws -> SignOnSite in
        let site = try SignOnSite(
            Settings(
                issuer: "https://sign-on.example",
                signIn: quick + "tokens: {code: 3s, pushedRequest: 2s, access: 5s, refreshGrace: 1s}\n"))
        _ = atexit { try? SignOnSite.runningHasty.get().close() }
        return site
    }
}
