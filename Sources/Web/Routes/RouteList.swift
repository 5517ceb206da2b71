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
        self.init(
            HealthRoutes(ports: ports).routes + StatusRoutes(ports: ports).routes
                + VerificationRoutes(ports: ports).routes + CredentialRoutes(ports: ports).routes
                + (signOn?.routes ?? []),
            documents: signOn?.documents ?? [:], issuerURL: ports.issuerURL, isBehindProxy: ports.isBehindProxy,
            clock: ports.clock)
    }

    var table: RouteTable {
        RouteTable(routes, headers: headers, isBehindProxy: isBehindProxy, clock: clock)
    }
}
