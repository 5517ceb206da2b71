import Hummingbird
import Licensing
import NIOCore
import Primitives

/// `POST /v1/verifications`: the file in, the verdict out; nothing is stored.
struct VerificationRoutes: Sendable {
    let ports: WebPorts
    private let budget = WorkBudget(limit: 8)
    private let uploads = UploadBudget()

    init(ports: WebPorts) {
        self.ports = ports
    }

    var routes: [Route] {
        [
            Route(.post, "/v1/verifications", .anyoneWithinBudget) { request, context in
                let sender = ClientAddress.text(of: request, context, isBehindProxy: ports.isBehindProxy)
                let body = try await uploads.collect(request.body, upTo: context.maxUploadSize, from: sender)
                return try await budget.run { try await verify(body) }
            }
        ]
    }

    private func verify(_ body: ByteBuffer) async throws -> Response {
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
