import HTTPTypes
import Hummingbird
import Identity
import Primitives

/// What portals post: `/token`, `/par`, `/introspect`, `/revoke`, `/device_authorization`.
struct TokenRoutes: Sendable {
    let desk: SignOnDesk

    static let dpop = fieldName("DPoP")
    private static let pragma = fieldName("Pragma")

    private var operations: SignOnOperations { desk.operations }

    var routes: [Route] {
        [
            OAuthRoute.route(.post, "/token", .portal, isForBrowsers: true) { request, context in
                try await token(request, context)
            },
            OAuthRoute.preflight("/token"),
            OAuthRoute.route(.post, "/revoke", .portal, isForBrowsers: true) { request, context in
                try await revoke(request, context)
            },
            OAuthRoute.preflight("/revoke"),
            OAuthRoute.route(.post, "/par", .portal) { request, context in try await push(request, context) },
            OAuthRoute.route(.post, "/introspect", .portal) { request, context in
                .json(.object(try await operations.introspect.introspect(read(request, context, .introspection))))
            },
            OAuthRoute.route(.post, "/device_authorization", .portalWithinBudget) { request, context in
                let address = ClientAddress.whole(of: request, context, isBehindProxy: desk.isBehindProxy)
                let started = try await operations.startDevice.start(
                    read(request, context, .deviceAuthorization), from: address)
                return .json(.object(started))
            },
        ]
    }

    private func token(_ request: Request, _ context: WebContext) async throws -> Response {
        let answer = try await operations.redeem.redeem(read(request, context, .token))
        var response = Response.json(.object(answer.object))
        // RFC 6749 §5.1 asks for both, though `no-store` of every answer would do.
        response.headers.append(HTTPField(name: TokenRoutes.pragma, value: "no-cache"))
        OAuthRoute.add(nonce: answer.nonce, to: &response)
        return response
    }

    /// RFC 7009 §2.2: 200 whether or not there was such a token.
    private func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        try await operations.revoke.revoke(read(request, context, .revocation))
        return Response(status: .ok)
    }

    private func push(_ request: Request, _ context: WebContext) async throws -> Response {
        let pushed = try await read(request, context, .pushedRequest)
        let portal = try await operations.authentication.authenticate(pushed)
        let thumbprint = try await operations.proofs.thumbprint(of: pushed)
        let answer = try await operations.pushRequest.push(
            pushed.parameters, portal: portal, keyThumbprint: thumbprint)
        var response = Response.json([
            "request_uri": .string(answer.requestURI), "expires_in": .integer(answer.expiresIn),
        ])
        response.status = .created
        if thumbprint != nil {
            OAuthRoute.add(nonce: operations.proofs.nonce(at: desk.signOn.clock.now()), to: &response)
        }
        return response
    }

    /// Only the body counts: secrets do not belong in addresses (RFC 6749 §2.3.1).
    private func read(
        _ request: Request, _ context: WebContext, _ endpoint: TokenRequest.Endpoint
    ) async throws -> TokenRequest {
        TokenRequest(
            endpoint: endpoint, parameters: try await request.formParameters(context.body),
            authorization: try request.single(.authorization), proofs: request.headers[values: TokenRoutes.dpop])
    }
}
