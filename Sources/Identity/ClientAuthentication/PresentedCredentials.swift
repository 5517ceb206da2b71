import Primitives

/// How a request says who it is from; nothing is checked yet.
enum PresentedCredentials: Sendable {
    case basic(id: String, secret: Secret)
    case post(id: String, secret: Secret)
    case assertion(ClientAssertion, id: String?)
    /// A name and no proof.
    case name(String)
    /// Nothing, two methods at once (RFC 6749 §2.3), two names, or something malformed.
    case unusable

    init(_ request: TokenRequest) {
        let form = request.parameters
        let brings = (
            header: request.authorization != nil, secret: form["client_secret"] != nil,
            assertion: form["client_assertion"] != nil || form["client_assertion_type"] != nil
        )
        switch brings {
        case (true, false, false): self = PresentedCredentials.basic(request.authorization, id: form["client_id"])
        case (false, true, false):
            self =
                form["client_id"].map { .post(id: $0, secret: Secret(Array((form["client_secret"] ?? "").utf8))) }
                ?? .unusable
        case (false, false, true): self = PresentedCredentials.assertion(form)
        case (false, false, false): self = form["client_id"].map { .name($0) } ?? .unusable
        default: self = .unusable
        }
    }

    /// Which portal it claims to be from.
    var id: String? {
        switch self {
        case .basic(let id, _), .post(let id, _), .name(let id): id
        case .assertion(let assertion, _): assertion.subject
        case .unusable: nil
        }
    }

    private static func basic(_ header: String?, id: String?) -> PresentedCredentials {
        guard let credentials = header.flatMap({ BasicCredentials(header: $0) }), id ?? credentials.id == credentials.id
        else { return .unusable }
        return .basic(id: credentials.id, secret: credentials.secret)
    }

    private static func assertion(_ form: Parameters) -> PresentedCredentials {
        guard form["client_assertion_type"] == ClientAssertion.type,
            let assertion = form["client_assertion"].flatMap({ ClientAssertion(parsing: $0) }),
            form["client_id"] ?? assertion.subject == assertion.subject
        else { return .unusable }
        return .assertion(assertion, id: form["client_id"])
    }
}
