import Hummingbird
import Primitives

/// `/openapi.json`: what the service answers, for programs.
struct DescriptionRoute: Sendable {
    static let path = "/openapi.json"

    let issuerURL: String
    let hashing: any Hashing

    /// - Parameter others: all other routes of the service.
    func routes(describing others: [Route]) -> [Route] {
        let own = Route(.get, DescriptionRoute.path, .anyone) { _, _ in throw Problem.notFound }
        let text = JSONValue.object(ServiceDescription(issuerURL: issuerURL).document(of: others + [own])).compactText
        let body = ByteBuffer(string: text)
        let tag = Base64.encodeURL(Array(hashing.sha256(Array(text.utf8)).bytes.prefix(12)))
        return [
            Route(.get, DescriptionRoute.path, .anyone) { request, _ in
                .cached(body, type: "application/json", tag: tag, seconds: 300, for: request)
            }
        ]
    }
}
