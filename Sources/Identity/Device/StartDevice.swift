import Audit
package import Primitives

/// `/device_authorization` (RFC 8628 §3.1): a device asks for a code that its owner types elsewhere.
package struct StartDevice: Sendable {
    /// Seconds.
    private static let lifetime: Int64 = 600
    /// Devices of one portal that may wait.
    private static let quota = 10_000
    private static let attempts = 3

    private let signOn: SignOn
    private let authentication: ClientAuthentication
    private let refusals: RefusalLog

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        refusals = RefusalLog(signOn, budget: memory.refusals)
    }

    /// - Throws: `TokenRefusal`, or what ports throw.
    package func start(_ request: TokenRequest) async throws -> JSONObject {
        let portal = try await authentication.authenticate(request)
        do {
            return try await start(request.parameters, portal: portal)
        } catch let refusal as TokenRefusal {
            try await refusals.note(refusal, portal: portal, endpoint: request.endpoint)
            throw refusal
        }
    }

    private func start(_ parameters: Parameters, portal: Portal) async throws -> JSONObject {
        guard portal.grants.contains(.deviceCode) else { throw TokenRefusal.grantNotAllowed }
        let scopes = try ScopeList.requested(parameters["scope"], allowed: portal.scopes)
        let resources = Audiences.unique(parameters.all("resource"))
        _ = try Audiences(directory: signOn.directory).requested(resources)
        let at = signOn.clock.now()
        for _ in 0..<StartDevice.attempts {
            let (device, user) = (OpaqueSecret(from: signOn.randomness), UserCode(from: signOn.randomness))
            let waiting = DeviceRequest(
                deviceHash: device.hash(signOn.hashing), userHash: user.hash(signOn.hashing), portalID: portal.id,
                scopes: scopes, resources: resources, keyThumbprint: nil, createdAt: at,
                expiresAt: at.adding(seconds: StartDevice.lifetime))
            let entry = AuditEntry(
                .deviceStarted, at: at, department: portal.departmentID, actor: portal.id,
                details: JSONObject([("portal", .string(portal.id))]))
            if try await signOn.books.start(waiting, quota: StartDevice.quota, entries: [entry]) {
                return answer(device, user)
            }
        }
        throw TokenRefusal.tooManyDevices
    }

    private func answer(_ device: OpaqueSecret, _ user: UserCode) -> JSONObject {
        let page = signOn.directory.issuer + "/device"
        return JSONObject([
            ("device_code", .string(device.exposedText)), ("user_code", .string(user.shown)),
            ("verification_uri", .string(page)),
            ("verification_uri_complete", .string("\(page)?user_code=\(user.shown)")),
            ("expires_in", .integer(StartDevice.lifetime)), ("interval", .integer(DeviceCodeGrant.interval)),
        ])
    }
}
