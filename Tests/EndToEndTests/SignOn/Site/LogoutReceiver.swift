import Foundation
import Glibc
import Synchronization

/// Where portals are told of ended sessions: a small HTTP listener that keeps what was posted.
///
/// `@unchecked Sendable`: the descriptor never changes, the rest is behind a lock.
final class LogoutReceiver: @unchecked Sendable {
    struct Notice: Sendable {
        let path: String
        let head: String
        let form: Form
    }

    private struct State {
        var notices: [Notice] = []
        /// Statuses still to be answered with, by path; then 200.
        var failures: [String: [Int]] = [:]
    }

    let port: Int
    private let descriptor: Int32
    private let state = Mutex(State())

    init() throws {
        let port = try Connection.freePort()
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound, listen(descriptor, 64) == 0 else { throw Misfortune("no receiver for logouts") }
        Thread.detachNewThread { [self] in serve() }
    }

    /// The next answers to a path are failures.
    func fail(_ path: String, with statuses: [Int]) {
        state.withLock { $0.failures[path] = statuses }
    }

    /// Notices at a path so far.
    func notices(_ path: String) -> [Notice] {
        state.withLock { $0.notices.filter { $0.path == path } }
    }

    /// Blocks until as many notices came to a path as are wanted, and gives them.
    func wait(for count: Int, at path: String, within seconds: Double = 15) -> [Notice] {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while notices(path).count < count, Date() < deadline { usleep(50_000) }
        return notices(path)
    }

    func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func serve() {
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { return }
            answer(connection)
            Glibc.close(connection)
        }
    }

    private func answer(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer.prefix(count)
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            let body = bytes[end.upperBound...]
            guard body.count >= LogoutReceiver.length(head) else { continue }
            let status = keep(head, String(decoding: body, as: UTF8.self))
            let text = Array("HTTP/1.1 \(status) Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
            _ = unsafe send(connection, text, text.count, Int32(MSG_NOSIGNAL))
            return
        }
    }

    private static func length(_ head: String) -> Int {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return line.flatMap { Int($0.split(separator: ":")[1].filter { $0 != " " }) } ?? 0
    }

    private func keep(_ head: String, _ body: String) -> Int {
        let words = head.split(separator: " ")
        let path = words.count > 1 ? String(words[1]) : ""
        return state.withLock { state in
            state.notices.append(Notice(path: path, head: head, form: Form(query: body)))
            guard let status = state.failures[path]?.first else { return 200 }
            state.failures[path]?.removeFirst()
            return status
        }
    }
}
