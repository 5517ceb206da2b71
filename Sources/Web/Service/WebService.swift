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
        let handlers = ConnectionHandlers(table: list.table, documents: list.documents, logger: logger)
        return .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: handlers.make(),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: HeadLimit.bytes, maxHeaderListSize: HeadLimit.bytes,
                    maxHeaderFieldCount: HeadLimit.fields)))
    }
}

/// What the connections of a server share, and the handlers of each.
private struct ConnectionHandlers: Sendable {
    let table: RouteTable
    let documents: [String: KeptDocument]
    let logger: Logger
    let buffers = AnswerBuffers()
    let executors = LoopExecutors()

    func make() -> [any RemovableChannelHandler] {
        let connection = HTTPConnection(documents, buffers)
        return [connection, ShortRequests(table, connection, executors, logger: logger)]
    }
}
