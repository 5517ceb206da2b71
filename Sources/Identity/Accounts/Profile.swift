/// Who an account is: personal data, sealed at rest, never printed.
package struct Profile: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package let name: String
    package let givenName: String?
    package let familyName: String?
    package let email: String?
    package let isEmailVerified: Bool
    package let phone: String?
    /// One text for the whole postal address (`formatted`, OpenID Connect Core §5.1.1).
    package let address: String?
    /// Code of the kind of id, for example `111`; for organizations the unified social credit code's.
    package let idType: String?
    /// Id number, or unified social credit code.
    package let id: String?

    package init(
        name: String, givenName: String? = nil, familyName: String? = nil, email: String? = nil,
        isEmailVerified: Bool = false, phone: String? = nil, address: String? = nil, idType: String? = nil,
        id: String? = nil
    ) {
        (self.name, self.givenName, self.familyName) = (name, givenName, familyName)
        (self.email, self.isEmailVerified, self.phone) = (email, isEmailVerified, phone)
        (self.address, self.idType, self.id) = (address, idType, id)
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
