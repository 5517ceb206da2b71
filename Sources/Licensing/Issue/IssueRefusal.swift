/// Why no license is issued. Holds no personal data but the one character that no font has.
package enum IssueRefusal: Error, Hashable, Sendable {
    /// The policy has no such type, or another one under its id.
    case unknownType
    /// The policy has no such department.
    case unknownDepartment
    case departmentNotAllowed
    /// Several departments may issue the type: one must be named.
    case departmentAmbiguous([String])
    /// The type needs officers who agree, and approvals are not built yet.
    case needsCheckers
    case application([ApplicationFault])
    /// The application was checked against another type.
    case otherType
    case page(PageRefusal)
    case register(RegisterRefusal)
    /// The license to be replaced is in a state that allows no successor.
    case previousNotSupersedable(LicenseState)
    /// Another task or process works on the number of this idempotency key: try again.
    case beingIssued(LicenseNumber)
    /// The idempotency key is not 1 to 200 printable ASCII characters.
    case idempotencyKey
    /// No QR code can name the service's base URL.
    case issuerURL
}

extension IssueRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownType: "the policy has no such license type"
        case .unknownDepartment: "the policy has no such department"
        case .departmentNotAllowed: "the department may not issue licenses of this type"
        case .departmentAmbiguous(let ids):
            "several departments issue this type; name one of: \(ids.joined(separator: ", "))"
        case .needsCheckers: "licenses of this type need the agreement of other officers; approvals are not built yet"
        case .application(let faults): ApplicationFaults(faults).description
        case .otherType: "the application was made for another license type"
        case .page(let refusal): refusal.sentence
        case .register(let refusal): refusal.sentence
        case .previousNotSupersedable(let state): "a license that is \(state.rawValue) cannot be superseded"
        case .beingIssued(let number): "\(number) is being issued for this idempotency key; try again"
        case .idempotencyKey: "an idempotency key must be 1 to 200 printable ASCII characters"
        case .issuerURL: "the issuer's URL must be http or https with a host name, so that QR codes can carry it"
        }
    }
}

extension PageRefusal: CustomStringConvertible {
    package var description: String { sentence }

    /// For whoever applies; names the field.
    var sentence: String {
        if case .noGlyph(let field, let character) = self {
            let codes = character.unicodeScalars.prefix(4).map { "U+" + String($0.value, radix: 16, uppercase: true) }
            return "\(field) has a character that no font has (\(codes.joined(separator: " ")))"
        }
        return reason
    }

    /// For the record, without any part of a value.
    var reason: String {
        switch self {
        case .doesNotFit(let field): "\(field) does not fit on the page"
        case .noGlyph(let field, _): "\(field) has a character that no font has"
        case .image(let field, let reason): "\(field) cannot be drawn: \(reason)"
        case .noTemplate(let type): "the license type '\(type)' has no page template"
        }
    }
}

extension RegisterRefusal: CustomStringConvertible {
    package var description: String { sentence }

    var sentence: String {
        switch self {
        case .unknownNumber: "the register has no license of this number"
        case .wrongState(let state): "the license is \(state.rawValue)"
        case .keyReused: "the idempotency key was used for another application"
        case .exhausted(let what): "no \(what) is left for this license type and department"
        case .busy: "the register has more changes waiting than it can take; try again"
        }
    }
}
