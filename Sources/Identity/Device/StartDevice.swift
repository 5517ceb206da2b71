import Audit
package import Primitives

/// `/device_authorization` (RFC 8628 §3.1): a device asks for a code that its owner types elsewhere.
package struct StartDevice: Sendable {
    /// Seconds.
    private static let lifetime: Int64 = 600
    /// Devices of one portal that may wait, and of them those that were started from one address prefix, where the portal is
    /// public: no host alone keeps all others out.
    private static let quota = DeviceQuota(perPortal: 10_000, perOrigin: 200)
    private static let attempts = 3

    private let signOn: SignOn
    private let authentication: ClientAuthentication
    private let proofs: CheckProof
    private let budget: RefusalBudget
    private let refusals: RefusalLog

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        proofs = CheckProof(signOn)
        budget = memory.refusals
        refusals = RefusalLog(signOn, budget: budget)
    }

    /// - Parameter address: where the request came from.
    /// - Throws: `TokenRefusal`, or what ports throw.
    package func start(_ request: TokenRequest, from address: String) async throws -> JSONObject {
        let portal = try await authentication.authenticate(request)
        do {
            let proof = try proofs.unspent(request)
            // A public portal's proof may be replayed: what comes of it is worth nothing without its key.
            if let proof, portal.isConfidential { try await proofs.use(proof) }
            return try await start(
                request.parameters, portal: portal, keyThumbprint: proof?.keyThumbprint,
                origin: portal.isConfidential ? nil : origin(of: address))
        } catch let refusal as TokenRefusal {
            try await refusals.note(refusal, portal: portal, endpoint: request.endpoint)
            throw refusal
        }
    }

    private func start(
        _ parameters: Parameters, portal: Portal, keyThumbprint: String?, origin: Digest?
    ) async throws -> JSONObject {
        guard portal.grants.contains(.deviceCode) else { throw TokenRefusal.grantNotAllowed }
        let scopes = try ScopeList.requested(parameters["scope"], allowed: portal.scopes)
        let resources = Audiences.unique(parameters.all("resource"))
        _ = try Audiences(directory: signOn.directory, portal: portal).requested(resources)
        let at = signOn.clock.now()
        let entries = entries(portal, at: at)
        for _ in 0..<StartDevice.attempts {
            let user = UserCode(from: signOn.randomness)
            let device = DeviceCode(
                from: signOn.randomness, expiresAt: at.adding(seconds: StartDevice.lifetime),
                isBound: keyThumbprint != nil)
            guard let hash = device.hash(keyThumbprint: keyThumbprint, hashing: signOn.hashing) else { continue }
            let waiting = DeviceRequest(
                deviceHash: hash, userHash: user.hash(signOn.hashing), portalID: portal.id, scopes: scopes,
                resources: resources, keyThumbprint: keyThumbprint, origin: origin, createdAt: at,
                expiresAt: device.expiresAt)
            switch try await signOn.books.start(waiting, quota: StartDevice.quota, entries: entries) {
            case .waits: return answer(device, user)
            case .codeTaken: continue
            case .portalFull: throw TokenRefusal.tooManyDevices
            case .originFull: throw TokenRefusal.tooManyDevicesOfAddress
            }
        }
        throw TokenRefusal.tooManyDevices
    }

    /// What is stored says nothing of the address to who has no key.
    private func origin(of address: String) -> Digest {
        signOn.sealing.lookupValue(of: Secret(Array(AddressPrefix.text(of: address).utf8)), purpose: "device-origin")
    }

    /// Anyone can start a device of a public portal, so its entries are written within the budget of its refusals.
    private func entries(_ portal: Portal, at: Instant) -> [AuditEntry] {
        var details = JSONObject([("portal", .string(portal.id))])
        if !portal.isConfidential {
            guard let skipped = budget.take(portalID: portal.id, at: at) else { return [] }
            if skipped > 0 { details["skipped"] = .integer(skipped) }
        }
        return [
            AuditEntry(.deviceStarted, at: at, department: portal.departmentID, actor: portal.id, details: details)
        ]
    }

    private func answer(_ device: DeviceCode, _ user: UserCode) -> JSONObject {
        let page = signOn.directory.issuer + "/device"
        return JSONObject([
            ("device_code", .string(device.exposedText)), ("user_code", .string(user.shown)),
            ("verification_uri", .string(page)),
            ("verification_uri_complete", .string("\(page)?user_code=\(user.shown)")),
            ("expires_in", .integer(StartDevice.lifetime)), ("interval", .integer(DeviceCodeGrant.interval)),
        ])
    }
}
