import AsyncHTTPClient
import Licensing
import NIOCore
import NIOHTTP1

/// Fetches status over HTTP: no redirects, no cookies, no proxies, bounded in size and time, and never from an address
/// that only this machine's network can reach, unless the operator allows it.
struct HTTPStatusFetcher: StatusFetching {
    private static let connectTime = TimeAmount.seconds(3)
    private static let wholeTime = TimeAmount.seconds(6)

    func fetch(_ url: String, limit: Int) async throws(StatusFetchFault) -> [UInt8] {
        guard let origin = Origin(of: url) else { throw StatusFetchFault(reason: "\(url) is not an http address") }
        let address = try HostAddress.resolve(origin.host, port: origin.port)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: Self.connectTime, read: Self.wholeTime)
        configuration.dnsOverride = [origin.host: address]
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result = await body(of: url, limit: limit, by: client)
        try? await client.shutdown()
        return try result.get()
    }

    private func body(of url: String, limit: Int, by client: HTTPClient) async -> Result<[UInt8], StatusFetchFault> {
        do {
            var request = HTTPClientRequest(url: url)
            request.headers.add(name: "Accept", value: "*/*")
            request.headers.add(name: "User-Agent", value: "chancery-verify")
            return try await withThrowingTaskGroup(of: Result<[UInt8], StatusFetchFault>.self) { group in
                group.addTask { [request] in try await Self.answer(to: request, limit: limit, by: client) }
                // The client's own limit ends with the head: a body that trickles would go on for ever.
                group.addTask {
                    try await Task.sleep(for: .nanoseconds(Self.wholeTime.nanoseconds))
                    return .failure(.late)
                }
                defer { group.cancelAll() }
                return try await group.next() ?? .failure(.late)
            }
        } catch is NIOTooManyBytesError {
            return .failure(StatusFetchFault(reason: "the answer is larger than \(limit) bytes"))
        } catch let error as HTTPClientError where error == .connectTimeout || error == .deadlineExceeded {
            return .failure(.late)
        } catch {
            return .failure(StatusFetchFault(reason: "no connection"))
        }
    }

    private static func answer(
        to request: HTTPClientRequest, limit: Int, by client: HTTPClient
    ) async throws -> Result<[UInt8], StatusFetchFault> {
        let response = try await client.execute(request, timeout: wholeTime)
        guard response.status == .ok else {
            return .failure(StatusFetchFault(reason: "the answer was \(response.status.code)"))
        }
        return .success(Array(buffer: try await response.body.collect(upTo: limit)))
    }
}

extension StatusFetchFault {
    fileprivate static let late = StatusFetchFault(reason: "no answer in time")
}
