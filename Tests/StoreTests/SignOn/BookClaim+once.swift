import Audit
import Identity
import Primitives
import Testing

extension BookClaim {
    static let once = [
        BookClaim("a value is spent once for each kind") { tested in
            let value = try BooksUnderTest.digest()
            let until = BooksUnderTest.after(60)
            #expect(try await tested.books.spend(.clientAssertion, value, until: until))
            #expect(try await !tested.books.spend(.clientAssertion, value, until: until))
            #expect(try await tested.books.spend(.dpopProof, value, until: until))
            #expect(try await !tested.books.spend(.dpopProof, value, until: BooksUnderTest.after(90)))
            #expect(try await tested.events() == [])
        },
        BookClaim("a pushed request is taken once, in time, by its portal") { tested in
            func push(_ portal: String, quota: Int = 2) async throws -> Digest? {
                let request = PushedRequest(
                    hash: try BooksUnderTest.digest(), portalID: portal, request: Array("{}\(portal)".utf8),
                    expiresAt: BooksUnderTest.after(60))
                return try await tested.books.push(request, quota: quota, at: BooksUnderTest.start) ? request.hash : nil
            }
            func take(_ hash: Digest, _ portal: String = "bank", at: Int64 = 59) async throws -> [UInt8]? {
                try await tested.books.take(hash, portalID: portal, at: BooksUnderTest.after(at))
            }
            let (first, second) = (try #require(try await push("bank")), try #require(try await push("bank")))
            #expect(try await push("bank") == nil)
            #expect(try await push("shop") != nil)
            #expect(try await take(first, "shop") == nil)
            #expect(try await take(first) == Array("{}bank".utf8))
            #expect(try await take(first) == nil)
            #expect(try await push("bank") != nil)
            #expect(try await take(second, at: 60) == nil)
            #expect(try await take(try BooksUnderTest.digest()) == nil)
            let late = PushedRequest(
                hash: try BooksUnderTest.digest(), portalID: "bank", request: [], expiresAt: BooksUnderTest.after(120))
            #expect(try await tested.books.push(late, quota: 2, at: BooksUnderTest.after(60)))
        },
        BookClaim("attempts are counted up to the first key beyond its limit, until the window ends") { tested in
            let key = ThrottleKey(value: try BooksUnderTest.digest(), limit: 2)
            let wide = ThrottleKey(value: try BooksUnderTest.digest(), limit: 3)
            func count(_ keys: [ThrottleKey], _ at: Int64) async throws -> Instant? {
                try await tested.books.count(keys, window: 100, at: BooksUnderTest.after(at))
            }
            #expect(try await count([key], 0) == nil)
            #expect(try await count([key, wide], 10) == nil)
            #expect(try await count([key, wide], 20) == BooksUnderTest.after(100))
            #expect(try await count([key, wide], 25) == BooksUnderTest.after(100))
            #expect(try await count([wide], 30) == nil)
            #expect(try await count([wide], 35) == nil)
            #expect(try await count([wide, key], 40) == BooksUnderTest.after(110))
            #expect(try await count([key], 100) == nil)
            #expect(try await count([wide], 109) == BooksUnderTest.after(110))
        },
        BookClaim("an attempt forgiven counts no more, never in a later window and never below zero") { tested in
            let key = ThrottleKey(value: try BooksUnderTest.digest(), limit: 1)
            let books = tested.books
            func count(_ at: Int64) async throws -> Instant? {
                try await books.count([key], window: 100, at: BooksUnderTest.after(at))
            }
            #expect(try await count(0) == nil)
            try await books.forgive([key], countedAt: BooksUnderTest.start)
            try await books.forgive([key], countedAt: BooksUnderTest.start)
            #expect(try await count(1) == nil)
            #expect(try await count(2) != nil)
            #expect(try await count(100) == nil)
            try await books.forgive([key], countedAt: BooksUnderTest.after(2))
            #expect(try await count(101) != nil)
        },
    ]

    static let past = [
        BookClaim("history is told latest first") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            _ = try await tested.open(BooksUnderTest.grant(account, session))
            _ = try await tested.open(BooksUnderTest.grant(account, session, portal: "bank"))
            let sent = { (portal: String) in
                HistoryEntry(
                    accountID: account.id, at: BooksUnderTest.start,
                    event: .dataSent(portalID: portal, data: ["openid", "profile"]))
            }
            let all = [sent("bank"), sent("shop"), BooksUnderTest.line(account)]
            #expect(try await tested.books.history(of: account.id, limit: 9) == all)
            #expect(try await tested.books.history(of: account.id, limit: 1) == [sent("bank")])
            #expect(try await tested.books.history(of: try await tested.add(login: "o").id, limit: 9) == [])
        },
        BookClaim("what a person was told and what they agreed to are two things") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            for (data, isAgreement) in [(["email", "profile"], false), (["claim:phone number", "profile"], true)] {
                let told = Acknowledgement(
                    accountID: account.id, portalID: "shop", data: data, isAgreement: isAgreement,
                    at: BooksUnderTest.start)
                let new = try BooksUnderTest.newGrant(BooksUnderTest.grant(account, session), acknowledgement: told)
                #expect(try await tested.books.open(new, entries: []))
            }
            func data(_ portal: String, agreed: Bool) async throws -> Set<String> {
                try await tested.books.acknowledgedData(account: account.id, portalID: portal, agreed: agreed)
            }
            #expect(try await data("shop", agreed: false) == ["email", "profile", "claim:phone number"])
            #expect(try await data("shop", agreed: true) == ["profile", "claim:phone number"])
            #expect(try await data("bank", agreed: false) == [])
        },
        BookClaim("a notice is due until it is delivered, and told as undelivered once it failed") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            for portal in ["bank", "shop"] {
                _ = try await tested.open(BooksUnderTest.grant(account, session, portal: portal))
            }
            _ = try await tested.end(.one(session.id))
            let books = tested.books
            #expect(try await books.due(at: BooksUnderTest.after(29), limit: 9, excluding: []) == [])
            let due = try await books.due(at: BooksUnderTest.after(30), limit: 9, excluding: [])
            #expect(Set(due.map(\.portalID)) == ["bank", "shop"])
            #expect(due.allSatisfy { $0.sessionID == session.id && $0.attempts == 0 && $0.lastFault == nil })
            #expect(try await books.due(at: BooksUnderTest.after(30), limit: 1, excluding: []).count == 1)
            for (excluded, left) in [(["bank"], ["shop"]), (["bank", "shop", "x"], [])] {
                let others = try await books.due(
                    at: BooksUnderTest.after(30), limit: 9, excluding: Set(excluded))
                #expect(others.map(\.portalID) == left)
            }
            #expect(try await books.undelivered() == [])
            let (failed, delivered) = (try #require(due.first), try #require(due.last))
            try await books.delivered(delivered.id, entries: [BooksUnderTest.entry(.logoutDelivered)])
            try await books.failed(
                failed.id, fault: "HTTP 500", nextAttemptAt: BooksUnderTest.after(90), entries: [])
            #expect(try await books.due(at: BooksUnderTest.after(89), limit: 9, excluding: []) == [])
            let again = LogoutNotice(
                id: failed.id, portalID: failed.portalID, subject: failed.subject, sessionID: session.id,
                createdAt: BooksUnderTest.after(30), attempts: 1, nextAttemptAt: BooksUnderTest.after(90),
                lastFault: "HTTP 500")
            #expect(try await books.due(at: BooksUnderTest.after(90), limit: 9, excluding: []) == [again])
            #expect(try await books.undelivered() == [again])
            try await books.failed(
                failed.id, fault: "HTTP 404", nextAttemptAt: nil, entries: [BooksUnderTest.entry(.logoutUndelivered)])
            #expect(try await books.due(at: BooksUnderTest.after(9_000), limit: 9, excluding: []) == [])
            #expect(try await books.undelivered().map(\.attempts) == [2])
            #expect(try await Array(tested.events().suffix(2)) == ["logout-delivered", "logout-undelivered"])
        },
    ]
}
