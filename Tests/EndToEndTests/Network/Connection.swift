import Foundation
import Glibc
import Synchronization

/// A connection to a service on this machine, spoken by hand, so that a test may also speak badly.
final class Connection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// - Parameter source: the loopback address that the service sees, for what counts by address.
    init(port: Int, from source: String = "127.0.0.1") throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Misfortune("no socket") }
        let isBound = unsafe Self.with(source, 0) { unsafe bind(descriptor, $0, $1) } == 0
        guard isBound, unsafe Self.with("127.0.0.1", port, { unsafe connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            throw Misfortune("no connection to port \(port)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Ports of services, below those that Linux gives to outgoing connections: a port is asked for long before the
    /// service takes it.
    private static let servicePorts = 15_000..<32_000
    private static let given = Mutex<Set<Int>>([])

    /// A port that nobody listens on at this moment and no other test got.
    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: servicePorts)
            if try isFree(port), given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw Misfortune("no port")
    }

    private static func isFree(_ port: Int) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Misfortune("no socket") }
        defer { close(descriptor) }
        return unsafe with("127.0.0.1", port) { unsafe bind(descriptor, $0, $1) } == 0
    }

    private static func with(
        _ host: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = unsafe inet_addr(host)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// `false` once the service takes no more.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says that nothing more will come; answers still may.
    func stopSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// The next answer; `nil` when the service closed or said nothing whole in time.
    func answer(isHead: Bool = false, within seconds: Double = 20) -> HTTPAnswer? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while true {
            if let answer = HTTPAnswer(reading: received, isHead: isHead) {
                let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? received.endIndex
                received.removeFirst(end + answer.body.count)
                return answer
            }
            guard receive(until: deadline) else { return nil }
        }
    }

    /// Seconds until the service closed the connection; `nil` when it did not within the time.
    func closed(within seconds: Double) -> Double? {
        let begin = Date()
        let deadline = begin.addingTimeInterval(seconds)
        while receive(until: deadline) {}
        return Date() < deadline ? Date().timeIntervalSince(begin) : nil
    }

    /// `false` when the service closed or the time is up.
    private func receive(until deadline: Date) -> Bool {
        let left = deadline.timeIntervalSinceNow
        guard left > 0 else { return false }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, Int32(left * 1000) + 1) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer.prefix(count)
        return true
    }
}
