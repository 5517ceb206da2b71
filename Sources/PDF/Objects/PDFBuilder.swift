import Deflate

/// The objects of a document in the making, numbered from 1.
package struct PDFBuilder: Sendable {
    /// Index 0 is object 1.
    package private(set) var objects: [PDFObject] = []

    package init() {}

    /// A number for an object that is set later.
    package mutating func reserve() -> PDFReference {
        objects.append(.null)
        return PDFReference(number: objects.count)
    }

    package mutating func add(_ object: PDFObject) -> PDFReference {
        objects.append(object)
        return PDFReference(number: objects.count)
    }

    /// Replaces an object that `reserve` or `add` numbered; another reference is ignored.
    package mutating func set(_ reference: PDFReference, to object: PDFObject) {
        guard objects.indices.contains(reference.number - 1) else { return }
        objects[reference.number - 1] = object
    }

    package func object(_ reference: PDFReference) -> PDFObject? {
        objects.indices.contains(reference.number - 1) ? objects[reference.number - 1] : nil
    }

    /// Adds `bytes` as a stream, compressed with FlateDecode where that makes it smaller.
    package mutating func addStream(_ bytes: [UInt8], dictionary: PDFDictionary = [:], level: Int32 = 6) -> PDFReference
    {
        let packed = Zlib.compress(bytes, level: level)
        guard packed.count < bytes.count else {
            return add(.stream(PDFStream(dictionary: dictionary, encodedBytes: bytes)))
        }
        var entries = dictionary
        entries["Filter"] = .name("FlateDecode")
        return add(.stream(PDFStream(dictionary: entries, encodedBytes: packed)))
    }
}
