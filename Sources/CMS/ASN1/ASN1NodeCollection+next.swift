import SwiftASN1

extension ASN1NodeCollection.Iterator {
    /// The next value if it has this tag; otherwise it stays where it is.
    mutating func next(_ identifier: ASN1Identifier) -> ASN1Node? {
        DER.optionalImplicitlyTagged(&self, tagNumber: identifier.tagNumber, tagClass: identifier.tagClass) { $0 }
    }

    /// The next value, which must be there.
    mutating func required() throws -> ASN1Node {
        guard let node = next() else { throw CMSFault.malformed("a field is missing") }
        return node
    }
}
