import HTTPTypes
import Hummingbird
import Identity

/// The three cookies: their names, how they are read and how they are set.
struct BrowserCookies: Sendable {
    /// Seconds that a known device is remembered.
    private static let deviceLifetime = 180 * 86_400
    /// Characters of a value that is read at all, and of a browser's name for itself that is kept.
    private static let maximumLength = 512

    private let session: String
    private let isHTTPS: Bool

    /// - Parameter isHTTPS: else it is loopback over plain HTTP, where browsers take no `__Host-` (RFC 6265bis §4.1.3.2).
    init(isHTTPS: Bool) {
        self.isHTTPS = isHTTPS
        session = isHTTPS ? "__Host-chancery" : "chancery"
    }

    private var flow: String { session + "-flow" }
    private var device: String { session + "-device" }

    /// The browser of a request.
    func browser(of request: Request, address: String) -> Browser {
        var found: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for part in header.utf8.split(separator: UInt8(ascii: ";")) {
                guard let mark = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
                let name = String(Substring(part[..<mark].drop { $0 == UInt8(ascii: " ") }))
                let value = part[part.index(after: mark)...]
                // The first of a name is the one of the longest path: ours has none, so a second one is not ours.
                if found[name] == nil, value.count <= BrowserCookies.maximumLength {
                    found[name] = String(Substring(value))
                }
            }
        }
        return Browser(
            session: found[session], flow: found[flow], device: found[device], address: address,
            userAgent: BrowserCookies.start(of: request.headers[.userAgent] ?? ""))
    }

    private static func start(of agent: String) -> String {
        agent.utf8.count <= maximumLength ? agent : String(agent.prefix(maximumLength))
    }

    /// Adds a `Set-Cookie` for each change.
    func apply(_ changes: BrowserChanges, to response: inout Response) {
        for (name, change, lifetime) in [
            (session, changes.session, nil), (flow, changes.flow, nil),
            (device, changes.device, BrowserCookies.deviceLifetime),
        ] {
            guard let change else { continue }
            response.headers.append(
                HTTPField(name: .setCookie, value: text(name, change, lifetime: lifetime)))
        }
    }

    private func text(_ name: String, _ change: CookieChange, lifetime: Int?) -> String {
        var value = ""
        var age = lifetime.map { "; Max-Age=\($0)" } ?? ""
        switch change {
        case .set(let text): value = text
        case .clear: age = "; Max-Age=0"
        }
        return "\(name)=\(value); Path=/\(age); HttpOnly; SameSite=Lax" + (isHTTPS ? "; Secure" : "")
    }
}
