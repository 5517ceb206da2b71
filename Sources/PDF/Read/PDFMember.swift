/// An object inside an object stream.
struct PDFMember: Sendable {
    let number: Int
    let object: PDFObject
}
