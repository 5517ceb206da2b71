import Primitives

/// Every route of the service with its permission.
struct RouteList: Sendable {
    let routes: [Route]
    /// By path: what is the same for everybody.
    let documents: [String: KeptDocument]
    private let headers: SecurityHeaders
    private let isBehindProxy: Bool
    private let clock: any Clock

    init(
        _ routes: [Route], documents: [String: KeptDocument], issuerURL: String, isBehindProxy: Bool, clock: any Clock
    ) {
        (self.routes, self.documents) = (routes, documents)
        (headers, self.isBehindProxy, self.clock) = (SecurityHeaders(issuerURL: issuerURL), isBehindProxy, clock)
    }

    /// - Throws: when a page's template cannot be compiled.
    init(_ ports: WebPorts) throws {
        let signOn = try ports.signOn.map { try SignOnDesk($0, isBehindProxy: ports.isBehindProxy) }
        let gate = signOn.map { LicenseGate(tokens: $0.operations.accessTokens, issuerURL: ports.issuerURL) }
        var routes =
            HealthRoutes(ports: ports).routes + StatusRoutes(ports: ports).routes
            + VerificationRoutes(ports: ports).routes + CredentialRoutes(ports: ports, gate: gate).routes
            + (signOn?.routes ?? [])
        if let gate, let licenses = ports.licenses {
            routes += LicenseRoutes(ports: licenses, register: ports.register, gate: gate).routes
        }
        routes += DescriptionRoute(issuerURL: ports.issuerURL, hashing: ports.hashing).routes(describing: routes)
        self.init(
            routes, documents: signOn?.documents ?? [:], issuerURL: ports.issuerURL, isBehindProxy: ports.isBehindProxy,
            clock: ports.clock)
    }

    var table: RouteTable {
        RouteTable(routes, headers: headers, isBehindProxy: isBehindProxy, clock: clock)
    }
}
