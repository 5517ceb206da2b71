package import Primitives

/// A field's value after its check.
package enum FieldValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    /// Digits as given, without superfluous signs: `12.50`.
    case decimal(String)
    case date(CalendarDate)
    /// The code of one of the field's choices.
    case choice(String)
    case organizationCode(SocialCreditCode)
    case personID(CitizenID)
    case photo(JPEGImage)
}

/// A JPEG whose header was read and found within limits; the bytes are as given.
package struct JPEGImage: Hashable, Sendable {
    package let bytes: [UInt8]
    package let width: Int
    package let height: Int
    /// 1 grey, 3 colour.
    package let components: Int

    package init(bytes: [UInt8], width: Int, height: Int, components: Int) {
        (self.bytes, self.width, self.height, self.components) = (bytes, width, height, components)
    }
}
