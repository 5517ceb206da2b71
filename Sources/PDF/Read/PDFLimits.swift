/// Bounds on what a reader takes from bytes of unknown origin.
package struct PDFLimits: Sendable {
    /// Bytes of the file.
    package var fileBytes = 50 << 20
    /// Entries of all cross-reference sections together, free ones included, and members of object streams.
    package var objects = 200_000
    /// Highest object number; the bound of common readers.
    package var objectNumber = 8_388_607
    /// Values inside objects (numbers, names, array elements, …) of the whole file: bounds memory.
    package var values = 2_000_000
    /// Arrays and dictionaries within one another.
    package var nesting = 64
    /// Bytes that all streams decoded in one operation give together.
    package var decodedBytes = 64 << 20
    /// Cross-reference sections of the `Prev` chain.
    package var sections = 64
    package var pages = 10_000
    package var signatures = 64
    package var attachments = 256

    package static let standard = PDFLimits()

    package init() {}
}
