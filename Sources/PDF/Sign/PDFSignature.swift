/// A filled signature field. Read, not checked: `PDFFile.coverage` says what it covers, the CMS who signed.
package struct PDFSignature: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case signature
        case documentTimeStamp
    }

    /// Fully qualified, parts joined by full stops.
    package let fieldName: String
    package let subFilter: String
    package let kind: Kind
    /// As the dictionary has it, unchecked.
    package let byteRange: [Int]
    /// The DER of `Contents` without its padding.
    package let contents: [UInt8]
    /// The claimed time (`M`) as written.
    package let signingTime: String?
    package let signerName: String?
    /// Of the signature dictionary.
    package let reference: PDFReference

    /// What the signature covers, in order.
    /// - Throws: `signature` when the byte range does not lie in the file.
    package func signedParts(in file: PDFFile) throws(PDFFault) -> [ArraySlice<UInt8>] {
        let count = file.bytes.count
        guard byteRange.count == 4, byteRange.allSatisfy({ (0...count).contains($0) }),
            byteRange[0] + byteRange[1] <= byteRange[2], byteRange[2] + byteRange[3] <= count
        else { throw .signature("ByteRange does not lie in the file") }
        return [
            file.bytes[byteRange[0]..<byteRange[0] + byteRange[1]],
            file.bytes[byteRange[2]..<byteRange[2] + byteRange[3]],
        ]
    }
}
