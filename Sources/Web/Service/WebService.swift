package import Hummingbird
package import HummingbirdCore
package import Logging

/// The service as a Hummingbird application.
package enum WebService {
    /// - Parameters:
    ///   - tls: wraps the HTTP/1 server where HTTPS is served directly.
    ///   - onRunning: called once the port is bound.
    package static func application(
        _ ports: WebPorts, address: BindAddress, logger: Logger,
        tls: (HTTPServerBuilder) throws -> HTTPServerBuilder, onRunning: @escaping @Sendable () async -> Void
    ) throws -> some ApplicationProtocol {
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestTimeouts()], idleTimeout: .seconds(60),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 100)))
        return Application(
            router: RouteList(ports).router(), server: try tls(http),
            configuration: ApplicationConfiguration(
                address: address, serverName: nil, backlog: 1024, reuseAddress: true),
            onServerRunning: { _ in await onRunning() }, logger: logger)
    }
}
