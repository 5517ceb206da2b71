package import Primitives

/// One field of a license type.
package struct FieldDefinition: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// At most `maximumLength` characters on one or several lines.
        case text(maximumLength: Int)
        case integer
        case decimal
        case date
        case choice([Choice])
        /// A unified social credit code.
        case organizationCode
        /// A citizen id number.
        case personID
        /// A baseline or progressive JPEG within these limits.
        case photo(maximumBytes: Int, maximumPixels: Int)
    }

    package struct Choice: Hashable, Sendable {
        package let code: String
        package let label: LocalizedText

        package init(code: String, label: LocalizedText) {
            (self.code, self.label) = (code, label)
        }
    }

    /// An ASCII identifier, unique in its type.
    package let name: String
    package let label: LocalizedText
    package let kind: Kind
    package let isRequired: Bool
    /// Encrypted at rest and selectively disclosable.
    package let isPersonal: Bool

    package init(name: String, label: LocalizedText, kind: Kind, isRequired: Bool, isPersonal: Bool) {
        (self.name, self.label, self.kind) = (name, label, kind)
        (self.isRequired, self.isPersonal) = (isRequired, isPersonal)
    }
}
