import Foundation
import Testing

/// A running `chancery serve`.
final class Service {
    let office: Chancery
    let port: Int
    private let process: Process
    private let logFile: String
    /// `nil`: it speaks plain HTTP.
    private let tls: TLSClient?

    var address: String { "http://localhost:\(port)" }

    /// An office with an address of its own, initialised for it.
    static func office(copyingPolicies: Bool = false) throws -> (Chancery, port: Int) {
        var office = try Chancery(copyingPolicies: copyingPolicies)
        let port = try Connection.freePort()
        office.environment = [
            "CHANCERY_ISSUER": "http://localhost:\(port)", "CHANCERY_LISTEN": "127.0.0.1:\(port)",
        ]
        let run = try office.run(["init"])
        guard run.status == 0 else { throw Misfortune("init failed: \(run.talk)") }
        return (office, port)
    }

    /// Starts and waits until it is ready.
    init(
        _ office: Chancery, port: Int, log: String = "serve.log", environment: [String: String] = [:],
        tls: TLSClient? = nil
    ) throws {
        (self.office, self.port, logFile, self.tls) = (office, port, log, tls)
        process = office.process(["serve"], environment: environment)
        _ = FileManager.default.createFile(atPath: office.file(log).path, contents: nil)
        let handle = try FileHandle(forWritingTo: office.file(log))
        (process.standardError, process.standardOutput) = (handle, FileHandle.nullDevice)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try handle.close()
        for _ in 0..<600 {
            if (try? get("/health/ready"))?.status == 200 { return }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        kill(process.processIdentifier, SIGKILL)
        throw Misfortune("the service did not become ready: \(try self.log())")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var isRunning: Bool { process.isRunning }

    func log() throws -> String {
        let text = try String(contentsOf: office.file(logFile), encoding: .utf8)
        Canary.watch(text, of: office)
        return text
    }

    func terminate() { kill(process.processIdentifier, SIGTERM) }

    /// Ends it as a power cut would.
    func crash() { kill(process.processIdentifier, SIGKILL) }

    /// Bytes of memory that are resident now.
    func residentMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let kilobytes = line.flatMap({ Int($0.filter(\.isNumber)) }) else { throw Misfortune("no memory figure") }
        return kilobytes << 10
    }

    /// Waits for the end, and gives the exit code; `nil` when it takes too long.
    func ended(within seconds: Double = 20) throws -> Int32? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while process.isRunning {
            guard Date() < deadline else { return nil }
            usleep(20_000)
        }
        _ = try log()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// One request on a connection of its own.
    func ask(
        _ method: String, _ path: String, headers: [String] = [], body: [UInt8]? = nil,
        from source: String = "127.0.0.1"
    ) throws -> HTTPAnswer {
        let request = Self.request(method, path, port: port, headers: headers + ["Connection: close"], body: body)
        guard let answer = try answer(to: request, isHead: method == "HEAD", from: source) else {
            throw Misfortune("no answer to \(method) \(path)")
        }
        return answer
    }

    private func answer(to request: [UInt8], isHead: Bool, from source: String) throws -> HTTPAnswer? {
        if let tls { return HTTPAnswer(reading: try tls.exchange(request, port: port), isHead: isHead) }
        let connection = try Connection(port: port, from: source)
        connection.send(request)
        return connection.answer(isHead: isHead)
    }

    func get(_ path: String, headers: [String] = []) throws -> HTTPAnswer { try ask("GET", path, headers: headers) }

    static func request(
        _ method: String, _ path: String, port: Int, headers: [String] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost:\(port)"] + headers
        if let body { lines.append("Content-Length: \(body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }
}
