package import Primitives

/// A type of license as policy defines it (`licenses/<id>/type.yaml`).
package struct LicenseType: Hashable, Sendable {
    /// Who may hold it.
    package enum HolderKind: String, Hashable, Sendable, CaseIterable {
        case person, organization, either
    }

    /// The formats documents are issued in.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        case pdf
        case sdJWT = "sd-jwt"
    }

    /// The policy folder's name, for example `business-license`.
    package let id: String
    /// The national type code, 21 characters: the defining authority's 18 and a 3-digit sequence.
    package let code: String
    package let name: LocalizedText
    /// Ids of the departments that may issue it.
    package let departments: [String]
    package let holder: HolderKind
    package let validity: Validity
    /// Officers other than the maker who must agree.
    package let requiredCheckers: Int
    package let formats: [Format]
    package let fields: [FieldDefinition]
    /// Page template files by language, relative to the type's folder.
    package let pages: [String: String]
    /// The type's own code for each word of the common vocabulary (`valid`, `suspended`, …).
    package let statusCodes: [String: String]

    package init(
        id: String, code: String, name: LocalizedText, departments: [String], holder: HolderKind, validity: Validity,
        requiredCheckers: Int, formats: [Format], fields: [FieldDefinition], pages: [String: String],
        statusCodes: [String: String]
    ) {
        (self.id, self.code, self.name, self.departments) = (id, code, name, departments)
        (self.holder, self.validity, self.requiredCheckers) = (holder, validity, requiredCheckers)
        (self.formats, self.fields, self.pages, self.statusCodes) = (formats, fields, pages, statusCodes)
    }

    package func field(_ name: String) -> FieldDefinition? { fields.first { $0.name == name } }
}

/// How long a license of a type is valid from its first day.
package enum Validity: Hashable, Sendable {
    case years(Int)
    case months(Int)
    case days(Int)
    case permanent
    /// Through the date in this field.
    case until(field: String)
}
