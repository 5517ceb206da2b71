/// Whom a license is granted to; the name and the id number are personal data.
package struct Holder: Hashable, Sendable {
    package let name: String
    /// GB/T 36903 Annex A: `001` unified social credit code, `111` citizen id, …
    package let idType: String
    package let id: String

    package init(name: String, idType: String, id: String) {
        (self.name, self.idType, self.id) = (name, idType, id)
    }
}
