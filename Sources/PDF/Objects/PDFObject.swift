/// One PDF object (ISO 32000-2 §7.3).
package indirect enum PDFObject: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case real(Double)
    /// Without the slash, `#xx` decoded; bytes above 127 as Latin-1 scalars.
    case name(String)
    case string([UInt8])
    case array([PDFObject])
    case dictionary(PDFDictionary)
    case stream(PDFStream)
    case reference(PDFReference)
}

/// Entries by name without the slash. Written in alphabetical order, so that equal values give equal bytes.
package typealias PDFDictionary = [String: PDFObject]

/// Object and generation number of an indirect object.
package struct PDFReference: Hashable, Comparable, Sendable {
    package let number: Int
    package let generation: Int

    package init(number: Int, generation: Int = 0) {
        (self.number, self.generation) = (number, generation)
    }

    package static func < (left: PDFReference, right: PDFReference) -> Bool {
        (left.number, left.generation) < (right.number, right.generation)
    }
}

/// A stream: its dictionary (`Length` is written afresh) and the bytes as they stand in the file, still encoded.
package struct PDFStream: Hashable, Sendable {
    package var dictionary: PDFDictionary
    package var encodedBytes: [UInt8]

    package init(dictionary: PDFDictionary, encodedBytes: [UInt8]) {
        (self.dictionary, self.encodedBytes) = (dictionary, encodedBytes)
    }
}

extension PDFObject {
    package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }
    package var name: String? { if case .name(let value) = self { value } else { nil } }
    package var string: [UInt8]? { if case .string(let value) = self { value } else { nil } }
    package var array: [PDFObject]? { if case .array(let value) = self { value } else { nil } }
    package var reference: PDFReference? { if case .reference(let value) = self { value } else { nil } }
    package var stream: PDFStream? { if case .stream(let value) = self { value } else { nil } }
    /// The dictionary itself, or a stream's.
    package var dictionary: PDFDictionary? {
        switch self {
        case .dictionary(let value): value
        case .stream(let stream): stream.dictionary
        default: nil
        }
    }
}
