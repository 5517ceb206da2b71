package import Hummingbird
package import HummingbirdCore
package import Logging
import NIOCore

/// The service as a Hummingbird application.
package enum WebService {
    /// - Parameters:
    ///   - tls: wraps the HTTP/1 server where HTTPS is served directly.
    ///   - onRunning: called once the port is bound.
    package static func application(
        _ ports: WebPorts, address: BindAddress, logger: Logger,
        tls: (HTTPServerBuilder) throws -> HTTPServerBuilder, onRunning: @escaping @Sendable () async -> Void
    ) throws -> some ApplicationProtocol {
        let list = try RouteList(ports)
        return Application(
            responder: list.table, server: try tls(server(list, logger: logger)),
            configuration: ApplicationConfiguration(
                address: address, serverName: nil, backlog: 1024, reuseAddress: true),
            onServerRunning: { _ in await onRunning() }, logger: logger)
    }

    /// HTTP/1 with the limits of every connection.
    static func server(_ list: RouteList, logger: Logger) -> HTTPServerBuilder {
        let (documents, table, buffers) = (list.documents, list.table, AnswerBuffers())
        return .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: handlers(table, documents, buffers, logger: logger),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: HeadLimit.bytes, maxHeaderListSize: HeadLimit.bytes,
                    maxHeaderFieldCount: HeadLimit.fields)))
    }

    /// Those of one connection.
    private static func handlers(
        _ table: RouteTable, _ documents: [String: KeptDocument], _ buffers: AnswerBuffers, logger: Logger
    ) -> [any RemovableChannelHandler] {
        let connection = HTTPConnection(documents, buffers)
        return [connection, ShortRequests(table, connection, logger: logger)]
    }
}
