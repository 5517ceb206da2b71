import HTTPTypes
import Primitives

extension ServiceDescription {
    /// Health, status, trust, verification, and this description.
    static let serviceOperations = [
        DescribedOperation(
            .get, "/health/live", "live", "Whether the process lives.",
            answers: [.json("Health", "It does."), .failed]),
        DescribedOperation(
            .get, "/health/ready", "ready", "Whether the service can answer.",
            answers: [
                .json("Health", "It can."), .problem(503, "The register does not answer."), .failed,
            ]),
        DescribedOperation(
            .get, "/status-lists/:id", "statusList", "A signed status list (Token Status List).",
            parameters: [DescribedOperation.inPath("id", "Number of the list.", pattern: "^[1-9][0-9]{0,8}$")],
            answers: [
                .file("application/statuslist+jwt", "The list."), .notModified, .problem(404, "There is no such list."),
                .failed,
            ]),
        DescribedOperation(
            .get, "/crl/:file", "revocationList", "A certificate revocation list (RFC 5280 §5).",
            parameters: [
                DescribedOperation.inPath(
                    "file", "Name of the issuer and `.crl`.", pattern: "^[A-Za-z0-9._-]{1,64}\\.crl$")
            ],
            answers: [
                .file("application/pkix-crl", "The list."), .notModified, .problem(404, "There is no such list."),
                .failed,
            ]),
        DescribedOperation(
            .get, "/bundle", "bundle", "All that a verifier without a network needs, signed.",
            answers: [.file("application/jwt", "The bundle."), .tooMany, .failed]),
        DescribedOperation(
            .post, "/v1/verifications", "verify",
            "The verdict on a document: a PDF, an SD-JWT VC or the text of a QR code. Nothing is stored.",
            body: [
                "required": true,
                "content": [
                    "application/octet-stream": ["schema": ["type": "string", "format": "binary", "minLength": 1]],
                    "application/pdf": ["schema": ["type": "string", "format": "binary", "minLength": 1]],
                    "text/plain": ["schema": ["type": "string", "minLength": 1]],
                ],
            ],
            answers: [
                .json("Verdict", "The verdict, which may be that the document is not valid."),
                .problem(400, "The body is empty."), .bodyTooLarge,
                .problem(415, "The body is no license document."), .tooMany, .busy, .failed,
            ]),
        DescribedOperation(
            .get, DescriptionRoute.path, "description", "This description.",
            answers: [.file("application/json", "The description."), .notModified, .failed]),
    ]
}
