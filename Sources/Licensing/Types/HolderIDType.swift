import Primitives

/// A kind of identity document (GB/T 36903 Annex A, as seen in published samples).
struct HolderIDType: Hashable, Sendable {
    enum Category: Hashable, Sendable {
        case person, organization, either
    }

    let code: String
    let category: Category

    /// Unified social credit code, checked by its check character.
    static let socialCreditCode = "001"
    /// Citizen id number, checked by its birth date and check character.
    static let citizenID = "111"

    static let all: [HolderIDType] =
        ["001", "099"].map { HolderIDType(code: $0, category: .organization) }
        + ["111", "114", "115", "118", "119", "120", "122", "411", "412", "413", "414", "511", "516"]
        .map { HolderIDType(code: $0, category: .person) } + [HolderIDType(code: "999", category: .either)]

    static func known(_ code: String) -> HolderIDType? { all.first { $0.code == code } }

    /// Whether such a document names someone who may hold a type for `kind`.
    func fits(_ kind: LicenseType.HolderKind) -> Bool {
        switch (kind, category) {
        case (.either, _), (_, .either), (.person, .person), (.organization, .organization): true
        default: false
        }
    }

    /// What is wrong with `id` as a number of this kind; `nil` when nothing is.
    func fault(in id: String) -> String? {
        switch code {
        case HolderIDType.socialCreditCode:
            return SocialCreditCode(id) == nil ? FieldFault.organizationCode : nil
        case HolderIDType.citizenID:
            return CitizenID(id) == nil ? FieldFault.personID : nil
        default:
            let isPlain = id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            guard (1...40).contains(id.utf8.count), isPlain else {
                return "must be 1 to 40 letters, digits or signs without space"
            }
            return nil
        }
    }
}

extension Holder {
    /// Whether the holder is a person, whose name a QR code must not tell.
    func isPerson(in type: LicenseType) -> Bool {
        switch HolderIDType.known(idType)?.category {
        case .organization: false
        case .person: true
        case .either, nil: type.holder != .organization
        }
    }
}
