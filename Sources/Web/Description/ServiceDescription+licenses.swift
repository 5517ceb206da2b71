import HTTPTypes
import Primitives

extension ServiceDescription {
    /// Of what is read as a license number at all.
    static let numberPattern =
        "^1\\.2\\.156\\.3005\\.2\\.[0-9A-Z]{21}\\.[0-9A-Z]{18}\\.[0-9A-Z]{1,20}\\.[0-9]{3}\\.[0-9A-Z*]$"

    /// The write API.
    static let licenseOperations = [
        DescribedOperation(
            .post, "/v1/licenses", "issue",
            "Issues a license. The same key and body again give the same answer, and one license.",
            security: .token("license:issue"),
            parameters: [
                DescribedOperation.header(
                    "Idempotency-Key", "The caller's own name of this request, for example a UUID.",
                    pattern: "^[!-~]{1,\(IdempotencyKey.maximumLength)}$", isRequired: true), proof,
            ],
            body: DescribedOperation.jsonBody("Application"),
            answers: [
                .json(
                    "IssuedLicense", "The license is issued.", status: 201, headers: ["Location"],
                    onward: ["license", "document", "credential", "changeStatus"]),
                .problem(400, "The body is not JSON, or the key is missing or has another form."), .bodyTooLarge,
                .problem(409, "The type needs other officers to agree, or the first request of the key still runs."),
                .problem(415, "The body is not JSON."),
                .problem(422, "Members of the body are not right, or the key was used for another body."), .busy,
            ] + tokenAnswers),
        DescribedOperation(
            .get, "/v1/licenses/:number", "license", "What the register tells of a license of the own department.",
            security: .token("license:read"), parameters: [number, proof],
            answers: [.json("License", "The license."), unknown, .problem(400, "The token came in no usable way.")]
                + tokenAnswers),
        DescribedOperation(
            .get, "/v1/licenses/:number/document.pdf", "document", "The signed PDF of a license of the own department.",
            security: .token("license:read"), parameters: [number, proof],
            answers: [
                .file("application/pdf", "The document."), unknown, .problem(400, "The token came in no usable way."),
            ] + tokenAnswers),
        DescribedOperation(
            .get, "/v1/licenses/:number/credential", "credential",
            "The signed credential: without a token nothing personal, with one of its department all of it.",
            security: .optionalToken("license:read"), parameters: [number, proof],
            answers: [
                .file("application/dc+sd-jwt", "The credential."), unknown,
                .problem(400, "The token came in no usable way."), .tooMany,
            ] + tokenAnswers),
        DescribedOperation(
            .post, "/v1/licenses/:number/status", "changeStatus",
            "Revokes, suspends or reinstates a license of the own department.", security: .token("license:status"),
            parameters: [number, proof], body: DescribedOperation.jsonBody("StatusChange"),
            answers: [
                .json("IssuedLicense", "The license is in that state now."), unknown,
                .problem(400, "The body is not JSON."), .bodyTooLarge,
                .problem(409, "The license is in a state, named by `state`, that the change does not begin in."),
                .problem(415, "The body is not JSON."), .problem(422, "Members of the body are not right."), .busy,
            ] + tokenAnswers),
    ]

    private static let number = DescribedOperation.inPath("number", "License number.", pattern: numberPattern)
    private static let proof = DescribedOperation.header(
        "DPoP", "Proof of the key that the token is bound to (RFC 9449), if it is.", pattern: "^[A-Za-z0-9_.-]+$",
        isRequired: false)
    private static let unknown = DescribedAnswer.problem(404, "There is no such license or document.")
    private static let tokenAnswers: [DescribedAnswer] = [
        .problem(401, "The token is missing or not valid here.", headers: ["WWW-Authenticate"]),
        .problem(403, "The token lacks the scope, or is not for this department."), .failed,
    ]
}
