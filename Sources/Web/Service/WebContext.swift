import Hummingbird
import NIOCore

/// What is known of one request.
struct WebContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    /// What stands at the named parts of the route's path, as it came.
    var parts: [String: String] = [:]
    /// The whole body, where it came before the request was given to its route.
    var body: ByteBuffer?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The largest document that a verifier reads (`PDFLimits.fileBytes`).
    var maxUploadSize: Int { 50 << 20 }
}
