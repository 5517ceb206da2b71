import Audit
import Identity
import Primitives
import Testing

extension BooksUnderTest {
    static func device(user: Digest? = nil, portal: String = "tv", origin: Digest? = nil) throws -> DeviceRequest {
        DeviceRequest(
            deviceHash: try digest(), userHash: try user ?? digest(), portalID: portal, scopes: ["openid"],
            resources: ["https://a.example"], keyThumbprint: "key", origin: origin, createdAt: start,
            expiresAt: after(300))
    }

    func start(_ request: DeviceRequest, quota: Int = 9) async throws -> Bool {
        try await outcome(of: request, quota: quota) == .waits
    }

    func outcome(of request: DeviceRequest, quota: Int = 9, perOrigin: Int = 9) async throws -> DeviceStart {
        try await books.start(
            request, quota: DeviceQuota(perPortal: quota, perOrigin: perOrigin),
            entries: [BooksUnderTest.entry(.deviceStarted)])
    }

    func poll(
        _ request: DeviceRequest, at: Int64, portal: String = "tv", family: RefreshFamily? = nil,
        proof: OneTimeValue? = nil, refusal: (any Error)? = nil
    ) async throws -> DeviceOutcome {
        try await books.poll(
            deviceHash: request.deviceHash, portalID: portal, at: BooksUnderTest.after(at), interval: 5,
            proof: proof,
            family: { _ in
                if let refusal { throw refusal }
                return family
            }
        ) { outcome in
            switch outcome {
            case .redeemed: [BooksUnderTest.entry(.tokenIssued)]
            case .denied, .dead: [BooksUnderTest.entry(.tokenRefused)]
            case .pending, .slowDown: []
            }
        }
    }

    func allow(_ request: DeviceRequest, _ grant: Grant, _ account: Account, at: Int64 = 20) async throws -> Bool {
        try await books.decide(
            userHash: request.userHash, .allowed(grant, nil, BooksUnderTest.line(account)),
            at: BooksUnderTest.after(at), entries: [BooksUnderTest.entry(.deviceAllowed)])
    }
}

extension BookClaim {
    static let devices = [
        BookClaim("a device waits under its user code until it is late, up to a quota") { tested in
            let request = try BooksUnderTest.device()
            #expect(try await tested.start(request))
            let find = { (at: Int64) in
                try await tested.books.request(userHash: request.userHash, at: BooksUnderTest.after(at))
            }
            #expect(try await find(299) == request)
            #expect(try await find(300) == nil)
            #expect(try await !tested.start(try BooksUnderTest.device(user: request.userHash)))
            #expect(try await !tested.start(try BooksUnderTest.device(), quota: 1))
            #expect(try await tested.start(try BooksUnderTest.device(portal: "car"), quota: 1))
            #expect(try await tested.events() == ["device-started", "device-started"])
        },
        BookClaim("devices of one origin leave room for others, and those without one are not counted so") { tested in
            let (crowd, other) = (try BooksUnderTest.digest(), try BooksUnderTest.digest())
            func start(_ origin: Digest?, _ portal: String = "tv", user: Digest? = nil) async throws -> DeviceStart {
                let request = try BooksUnderTest.device(user: user, portal: portal, origin: origin)
                return try await tested.outcome(of: request, quota: 6, perOrigin: 2)
            }
            let user = try BooksUnderTest.digest()
            #expect(try await start(crowd, user: user) == .waits)
            #expect(try await start(crowd, user: user) == .codeTaken)
            #expect(try await start(crowd) == .waits)
            #expect(try await start(crowd) == .originFull)
            #expect(try await start(crowd, "car") == .waits)
            #expect(try await start(other) == .waits)
            for _ in 0..<3 { #expect(try await start(nil) == .waits) }
            #expect(try await start(nil) == .portalFull)
            #expect(try await start(other) == .portalFull)
            let found = try await tested.books.request(userHash: user, at: BooksUnderTest.after(1))
            #expect(found?.origin == crowd)
            #expect(try await tested.events().count == 7)
        },
        BookClaim("a device that asks too soon must slow down") { tested in
            let request = try BooksUnderTest.device()
            #expect(try await tested.start(request))
            let outcomes: [(Int64, DeviceOutcome)] = [
                (0, .pending), (5, .pending), (9, .slowDown), (18, .slowDown), (33, .pending), (300, .dead),
            ]
            for (at, outcome) in outcomes { #expect(try await tested.poll(request, at: at) == outcome, "\(at)") }
            #expect(try await tested.poll(request, at: 290, portal: "car") == .dead)
            #expect(try await tested.poll(try BooksUnderTest.device(), at: 1) == .dead)
            #expect(try await tested.events() == ["device-started"])
        },
        BookClaim("an allowed device redeems once, with its family") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let request = try BooksUnderTest.device()
            #expect(try await tested.start(request))
            let grant = BooksUnderTest.grant(account, session, portal: "tv")
            #expect(try await tested.allow(request, grant, account))
            #expect(try await !tested.allow(request, BooksUnderTest.grant(account, session), account))
            #expect(try await tested.books.request(userHash: request.userHash, at: BooksUnderTest.after(21)) == nil)
            let family = BooksUnderTest.family(of: grant)
            let live = LiveGrant(grant: grant, account: account)
            #expect(try await tested.poll(request, at: 22, family: family) == .redeemed(live))
            #expect(try await tested.poll(request, at: 40) == .dead)
            #expect(try await tested.books.family(family.id)?.family == family)
            #expect(try await tested.books.history(of: account.id, limit: 9).count == 2)
            #expect(try await Array(tested.events().suffix(3)) == ["device-started", "device-allowed", "token-issued"])
        },
        BookClaim("a device that was denied is told so") { tested in
            let request = try BooksUnderTest.device()
            #expect(try await tested.start(request))
            let entries = [BooksUnderTest.entry(.deviceDenied)]
            let decide = {
                try await tested.books.decide(
                    userHash: request.userHash, .denied, at: BooksUnderTest.after(20), entries: entries)
            }
            #expect(try await decide())
            #expect(try await !decide())
            #expect(try await tested.poll(request, at: 30) == .denied)
            #expect(try await tested.events() == ["device-started", "device-denied"])
        },
        BookClaim("a device is not allowed too late or in a session that is over, and redeems no dead grant") {
            tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (first, second) = (try BooksUnderTest.device(), try BooksUnderTest.device())
            for request in [first, second] { #expect(try await tested.start(request)) }
            let grant = BooksUnderTest.grant(account, session, portal: "tv")
            #expect(try await !tested.allow(first, grant, account, at: 300))
            #expect(try await tested.allow(first, grant, account))
            _ = try await tested.end(.one(session.id))
            #expect(try await tested.poll(first, at: 31) == .dead)
            let late = BooksUnderTest.grant(account, session, portal: "tv", at: BooksUnderTest.after(31))
            #expect(try await !tested.allow(second, late, account, at: 31))
            #expect(try await tested.poll(second, at: 32) == .pending)
            #expect(try await !tested.isLive(late))
        },
    ]
}
