import HTTPTypes
import Hummingbird

/// What pages link to. Names carry a hash of the content, so that a browser asks once and never sees a stale one.
struct AssetRoutes: Sendable {
    let assets: [Asset]

    var routes: [Route] {
        assets.map { asset in
            Route(.get, asset.path, .anyone) { _, _ in
                var response = Response.bytes(asset.bytes, type: asset.type)
                response.headers[.cacheControl] = "public, max-age=31536000, immutable"
                return response
            }
        }
    }
}
