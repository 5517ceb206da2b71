import Foundation
import Primitives
import Testing

/// What the service bears from clients that are slow, large or many, and how it ends.
@Suite final class `The service under strain` {
    private let office: Chancery
    private let service: Service

    init() throws {
        let (office, port) = try Service.office()
        self.office = office
        service = try Service(office, port: port)
    }

    deinit { office.remove() }

    /// Runs blocking waits off the few threads that tests share.
    private static func aside<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    /// Seconds until the service closes on a client that sends `text` and then nothing more.
    private static func closing(_ port: Int, after text: String, within seconds: Double) async -> Double? {
        await aside {
            guard let connection = try? Connection(port: port) else { return nil }
            connection.send(text)
            return connection.closed(within: seconds)
        }
    }

    /// The same of a client that sends a letter each half second.
    private static func closingOnLetters(_ port: Int, _ text: String, within seconds: Double) async -> Double? {
        await aside {
            let begin = Date()
            guard let connection = try? Connection(port: port) else { return nil }
            for letter in text.map(String.init) {
                let time = Date().timeIntervalSince(begin)
                guard time < seconds else { return nil }
                guard connection.send(letter), connection.closed(within: 0.5) == nil else { return time }
            }
            return nil
        }
    }

    @Test func `slow uploads keep their own address waiting, and nobody else`() async throws {
        let port = service.port
        let head = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
        let statuses = await Self.aside { () -> [Int?] in
            let slow = (2...5).flatMap { host in
                (0..<8).compactMap { _ in try? Connection(port: port, from: "127.0.0.\(host)") }
            }
            for connection in slow { connection.send(head + "x") }
            Thread.sleep(forTimeInterval: 1)
            return ["127.0.0.5", "127.0.0.6"].map { address in
                guard let connection = try? Connection(port: port, from: address) else { return nil }
                connection.send(head + "hello")
                return withExtendedLifetime(slow) { connection.answer()?.status }
            }
        }
        #expect(statuses == [503, 415])
    }

    @Test func `closes on clients whose head or body does not come`() async throws {
        let port = service.port
        let post = "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n%PDF-"
        let head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: yes"
        async let silent = Self.closing(port, after: "", within: 20)
        async let halfHead = Self.closing(port, after: head, within: 20)
        async let letters = Self.closingOnLetters(port, head, within: 20)
        async let halfBody = Self.closing(port, after: post, within: 45)
        for time in await [silent, halfHead, letters] {
            let seconds = try #require(time)
            #expect((8...16).contains(seconds), "\(seconds)")
        }
        let seconds = try #require(await halfBody)
        #expect((27...40).contains(seconds), "\(seconds)")
        #expect(try service.get("/health/live").status == 200)
    }

    @Test func `refuses heads that are too large or no HTTP`() throws {
        let long = try service.ask(
            "GET", "/health/live", headers: ["X-Long: " + String(repeating: "x", count: 17 << 10)])
        #expect([400, 431].contains(long.status), "\(long.status)")
        let many = try service.ask("GET", "/health/live", headers: (0..<200).map { "X-\($0): y" })
        #expect([400, 431].contains(many.status), "\(many.status)")
        for text in [
            "no http at all\r\n\r\n", "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /v1/verifications HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /health/live HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}",
        ] {
            let connection = try Connection(port: service.port)
            connection.send(text)
            let answer = connection.answer(within: 2)
            #expect(answer == nil || (400..<500).contains(answer?.status ?? 0), "\(text): \(answer?.status ?? 0)")
        }
        #expect(try service.get("/health/live").status == 200)
        #expect(service.isRunning)
    }

    /// A request whose address, field names and field values have as many bytes in all.
    private func request(_ count: Int, isInAddress: Bool) -> [UInt8] {
        let (path, host, close) = ("/health/live", "localhost:\(service.port)", "Connectionclose")
        let rest = count - path.utf8.count - "Host\(host)".utf8.count - close.utf8.count
        let padding = String(repeating: "x", count: rest - (isInAddress ? "?".utf8.count : "X-Long".utf8.count))
        return Service.request(
            "GET", path + (isInAddress ? "?\(padding)" : ""), port: service.port,
            headers: (isInAddress ? [] : ["X-Long: \(padding)"]) + ["Connection: close"])
    }

    @Test(arguments: [false, true])
    func `answers a head of 16 KiB as any other, and refuses one byte more with 431`(isInAddress: Bool) throws {
        for (count, status) in [((16 << 10) - 1, 200), (16 << 10, 200), ((16 << 10) + 1, 431)] {
            let connection = try Connection(port: service.port)
            connection.send(request(count, isInAddress: isInAddress))
            let answer = try #require(connection.answer(), "\(count)")
            #expect(answer.status == status, "\(count)")
            guard status == 431 else { continue }
            #expect(answer["content-type"] == "application/problem+json" && answer.json?["status"] == 431)
            #expect(connection.closed(within: 5) != nil, "what would follow cannot be told from the rest of the head")
        }
        for (count, status) in [(98, 200), (99, 431)] {
            // With Host and Connection there are a hundred, and one more.
            let answer = try service.get("/health/live", headers: (0..<count).map { "X-\($0): y" })
            #expect(answer.status == status, "\(count)")
        }
    }

    @Test func `tells an address that asks too much to wait, and goes on serving others`() throws {
        let connection = try Connection(port: service.port, from: "127.0.0.9")
        let path = "/v1/licenses/7/credential"
        var statuses: [Int] = []
        for _ in 0..<400 {
            connection.send(Service.request("GET", path, port: service.port))
            guard let answer = connection.answer() else { break }
            statuses.append(answer.status)
            guard answer.status == 429 else { continue }
            #expect(answer["retry-after"] == "5")
            #expect(answer["content-type"] == "application/problem+json")
            break
        }
        #expect(statuses.count > 200, "an address may ask more than \(statuses.count) times")
        #expect(statuses.last == 429)
        #expect(try service.ask("GET", path, from: "127.0.0.10").status == 404)
        // What caches take has no budget: a verifier must always get status.
        connection.send(Service.request("GET", "/health/live", port: service.port))
        #expect(connection.answer()?.status == 200)
    }

    @Test func `answers many at once`() async throws {
        let number = try office.issue()
        let pdf = try office.bytes("issued/\(number).pdf")
        let port = service.port
        let statuses = await withTaskGroup(of: Int.self) { group in
            for index in 1...24 {
                group.addTask {
                    await Self.aside {
                        let connection = try? Connection(port: port, from: "127.0.1.\(index)")
                        connection?.send(Service.request("POST", "/v1/verifications", port: port, body: pdf))
                        return connection?.answer()?.status ?? 0
                    }
                }
            }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        // Beyond what it can do at once it says so; it never fails.
        #expect(statuses.allSatisfy { $0 == 200 || $0 == 503 }, "\(statuses)")
        #expect(statuses.filter { $0 == 200 }.count >= 8)
    }

    @Test func `drains at SIGTERM: what is under way is answered, and the end is clean`() throws {
        let pdf = try office.bytes("issued/\(office.issue()).pdf")
        let idle = try Connection(port: service.port)
        idle.send(Service.request("GET", "/health/live", port: service.port))
        #expect(idle.answer()?.status == 200)
        let busy = try Connection(port: service.port)
        let request = Service.request("POST", "/v1/verifications", port: service.port, body: pdf)
        busy.send(Array(request.prefix(request.count - 1000)))
        usleep(300_000)
        service.terminate()
        usleep(500_000)
        #expect(service.isRunning, "the request under way is waited for")
        #expect((try? Connection(port: service.port)) == nil, "nobody new is let in")
        busy.send(Array(request.suffix(1000)))
        #expect(busy.answer()?.json?["indication"] == "TOTAL-PASSED")
        #expect(try service.ended(within: 10) == 0)
        let events = try AuditTrail(of: office).entries.map(\.event)
        #expect(events.filter { $0.hasPrefix("service-") } == ["service-started", "service-stopped"])
        try office.expectSoundAudit()
    }

    @Test func `logs as JSON lines when piped, as text when asked, and no more than the level says`() throws {
        service.terminate()
        #expect(try service.ended() == 0)
        let lines = try service.log().split(separator: "\n").map { try JSONReader.read(String($0)) }
        #expect(lines.contains { $0["message"] == "serving" && $0["issuer"]?.string == service.address })
        #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil })
        let quiet = try Service(
            office, port: service.port, log: "quiet.log",
            environment: ["CHANCERY_LOG_FORMAT": "text", "CHANCERY_LOG_LEVEL": "error"])
        quiet.terminate()
        #expect(try quiet.ended() == 0)
        #expect(try quiet.log().isEmpty)
    }
}
