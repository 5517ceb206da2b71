package import PDF
package import Primitives

/// All that a license page shows.
package struct PageContent: Sendable {
    package let type: LicenseType
    package let department: Department
    package let authority: Authority
    /// The dotted number.
    package let number: String
    package let holders: [Holder]
    package let values: [String: FieldValue]
    package let validFrom: CalendarDate
    /// The last valid day; `nil` for a permanent license.
    package let validUntil: CalendarDate?
    package let issuedOn: CalendarDate
    /// The text of the QR code, for its alphanumeric mode.
    package let qrText: String
    /// Marks the page as no license.
    package let isSpecimen: Bool

    package init(
        type: LicenseType, department: Department, authority: Authority, number: String, holders: [Holder],
        values: [String: FieldValue], validFrom: CalendarDate, validUntil: CalendarDate?, issuedOn: CalendarDate,
        qrText: String, isSpecimen: Bool
    ) {
        (self.type, self.department, self.authority) = (type, department, authority)
        (self.number, self.holders, self.values) = (number, holders, values)
        (self.validFrom, self.validUntil, self.issuedOn) = (validFrom, validUntil, issuedOn)
        (self.qrText, self.isSpecimen) = (qrText, isSpecimen)
    }
}

/// A page as PDF objects, ready for metadata, attachment and signature.
package struct RenderedPage: Sendable {
    /// Everything the page reaches.
    package var builder: PDFBuilder
    /// A `/Type /Page` dictionary without `Parent`; one per sheet, in order.
    package let pages: [PDFReference]

    package init(builder: PDFBuilder, pages: [PDFReference]) {
        (self.builder, self.pages) = (builder, pages)
    }
}

/// Why a page cannot be drawn truthfully.
package enum PageRefusal: Error, Hashable, Sendable {
    /// The value of this `data-field` does not fit at the smallest size.
    case doesNotFit(field: String)
    /// No font has this character.
    case noGlyph(field: String, character: String)
    /// The photo or QR code cannot be drawn.
    case image(field: String, reason: String)
    case noTemplate(type: String)
}

/// Port: draws license pages from templates compiled at start.
package protocol PageRenderer: Sendable {
    func render(_ content: PageContent) throws(PageRefusal) -> RenderedPage
}
