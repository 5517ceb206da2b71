import AsyncHTTPClient
import Identity
import NIOCore
import NIOHTTP1

/// Tells portals of ended sessions over HTTP: no redirects, no cookies, no proxies, bounded in time, the answer's body
/// unread. The addresses stand in the portal policy, so those inside an organization's network are asked too.
struct HTTPLogoutPosting: LogoutPosting {
    private static let connectTime = TimeAmount.seconds(3)
    private static let wholeTime = TimeAmount.seconds(5)

    private let client: HTTPClient

    init() {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: Self.connectTime, read: Self.wholeTime)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func post(logoutToken: String, to uri: String) async -> String? {
        var request = HTTPClientRequest(url: uri)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "User-Agent", value: "chancery")
        // A compact JWS has only characters that a form leaves as they are.
        request.body = .bytes(ByteBuffer(string: "logout_token=" + logoutToken))
        do {
            let status = try await client.execute(request, timeout: Self.wholeTime).status
            return status == .ok || status == .noContent ? nil : "HTTP \(status.code)"
        } catch let error as HTTPClientError where error == .connectTimeout || error == .deadlineExceeded {
            return "no answer in time"
        } catch is CancellationError {
            return "the service stopped"
        } catch {
            return "no connection"
        }
    }

    func close() async { try? await client.shutdown() }
}
