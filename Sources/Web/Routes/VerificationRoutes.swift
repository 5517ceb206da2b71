import Hummingbird
import Licensing
import Primitives

/// `POST /v1/verifications`: the file in, the verdict out; nothing is stored.
struct VerificationRoutes: Sendable {
    let ports: WebPorts
    private let budget = WorkBudget(limit: 8)

    init(ports: WebPorts) {
        self.ports = ports
    }

    var routes: [Route] {
        [
            Route(.post, "/v1/verifications", .anyoneWithinBudget) { request, context in
                try await budget.run { try await verify(request, context) }
            }
        ]
    }

    private func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        guard body.readableBytes > 0 else {
            throw Problem(status: .badRequest, detail: "The body is empty; send the document itself.")
        }
        let now = ports.clock.now()
        var material = VerificationMaterial()
        material.anchors = ports.trust.anchors
        material.certificates = ports.trust.certificates
        material.revocationLists = try Array(ports.trust.revocationLists(at: now).values)
        let options = VerificationOptions(at: now, isOffline: false)
        let verdict = await ports.verification.verdict(
            on: Array(buffer: body), input: "body", material: material, options: options)
        guard let verdict else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "The body is neither a PDF, nor an SD-JWT VC, nor the text of a license's QR code.")
        }
        return .json(verdict.json)
    }
}
