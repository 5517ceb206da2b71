import HTTPTypes
import Hummingbird
import Identity
import Licensing

/// How refusals of licensing leave the house.
extension Problem {
    static let unknownLicense = Problem(status: .notFound, detail: "There is no such license here.")
    static let noDocument = Problem(status: .notFound, detail: "This license has no such document.")
    static let otherDepartment = Problem(
        status: .forbidden, detail: "The token is not for the department that this license belongs to.")

    /// A token that does not open the door.
    init(_ answer: ResourceAnswer) {
        let sentence = answer.description.prefix(1).uppercased() + answer.description.dropFirst() + "."
        // Made of its number a status has no reason phrase.
        let status: HTTPResponse.Status =
            switch answer.status {
            case 400: .badRequest
            case 403: .forbidden
            default: .unauthorized
            }
        self.init(
            status: status, detail: sentence,
            headers: [.wwwAuthenticate: answer.challenge])
        headers[fieldName("DPoP-Nonce")] = answer.nonce
    }

    /// Members of the body that are not right.
    static func wrongFields(_ errors: [FieldError]) -> Problem {
        Problem(
            status: .unprocessableContent,
            detail: errors.count == 1 ? "One part of the body is not right." : "Parts of the body are not right.",
            errors: errors)
    }

    init(_ faults: ApplicationFaults) {
        self = .wrongFields(faults.faults.map { FieldError(path: $0.path, detail: $0.description) })
    }

    init(_ refusal: IssueRefusal) {
        switch refusal {
        case .application(let faults): self.init(ApplicationFaults(faults))
        case .page(let refusal): self = .wrongFields([FieldError(refusal)])
        case .unknownType: self = .wrongFields([FieldError(path: "type", detail: refusal.description)])
        case .unknownDepartment, .departmentAmbiguous:
            self = .wrongFields([FieldError(path: "department", detail: refusal.description)])
        case .departmentNotAllowed: self.init(status: .forbidden, detail: refusal.sentence)
        case .register(.keyReused): self.init(status: .unprocessableContent, detail: refusal.sentence)
        case .register(.busy): self = .busy(retryAfter: 1)
        case .idempotencyKey: self.init(status: .badRequest, detail: refusal.sentence)
        case .beingIssued:
            self.init(status: .conflict, detail: refusal.sentence, headers: [.retryAfter: "1"])
        case .needsCheckers, .register, .previousNotSupersedable: self.init(status: .conflict, detail: refusal.sentence)
        case .otherType, .issuerURL: self.init(status: .internalServerError, detail: refusal.sentence)
        }
    }

    init(_ refusal: StatusRefusal) {
        switch refusal {
        case .unknownNumber: self = .unknownLicense
        case .wrongState(let state, _):
            self.init(status: .conflict, detail: refusal.sentence, state: state)
        case .unknownStatus, .unknownType: self.init(status: .conflict, detail: refusal.sentence)
        case .reason: self = .wrongFields([FieldError(path: "reason", detail: refusal.description)])
        case .busy: self = .busy(retryAfter: 1)
        }
    }
}

extension FieldError {
    /// `fields.scope` and `holders[1].name` as pointers.
    init(path: String, detail: String) {
        self.init(pointer: FieldError.pointer(path), detail: detail)
    }

    init(_ refusal: PageRefusal) {
        switch refusal {
        case .doesNotFit(let field), .noGlyph(let field, _), .image(let field, _):
            self.init(path: "fields.\(field)", detail: refusal.description)
        case .noTemplate: self.init(path: "type", detail: refusal.description)
        }
    }

    private static func pointer(_ path: String) -> String {
        guard !path.isEmpty else { return "#" }
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        let first = parts[0].split(separator: "[").map { String($0.filter { $0 != "]" }) }
        let last = parts.dropFirst()
        // What is no plain name was not repeated: the pointer ends at its parent.
        return (["#"] + first + last).filter { $0.utf8.allSatisfy { (0x23...0x7A).contains($0) } }
            .joined(separator: "/")
    }
}

extension IssueRefusal {
    fileprivate var sentence: String { wholeSentence(description) }
}

extension StatusRefusal {
    fileprivate var sentence: String { wholeSentence(description) }
}

private func wholeSentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }
