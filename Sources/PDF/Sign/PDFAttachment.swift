package import Primitives

/// A file inside the document (ISO 32000-2 §7.11.4).
package struct PDFAttachment: Hashable, Sendable {
    package let name: String
    package let mimeType: String
    package let description: String
    package let bytes: [UInt8]
    /// How the file relates to the document (`AFRelationship`, §7.11.3), for example `Data`.
    package let relationship: String
    /// Where a file read does not say: the epoch.
    package let modifiedAt: Instant

    package init(
        name: String, mimeType: String, description: String, bytes: [UInt8], relationship: String = "Data",
        modifiedAt: Instant
    ) {
        (self.name, self.mimeType, self.description, self.bytes) = (name, mimeType, description, bytes)
        (self.relationship, self.modifiedAt) = (relationship, modifiedAt)
    }
}
