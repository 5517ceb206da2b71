/// An incremental update (ISO 32000-2 §7.5.6): new and changed objects appended to a file that stays as it is.
package struct PDFUpdate: Sendable {
    let file: PDFFile
    private var objects: [PDFReference: PDFObject] = [:]
    private var removed: Set<PDFReference> = []
    private var nextNumber: Int

    package init(of file: PDFFile) {
        self.file = file
        let highest = max(file.current.entries.keys.max() ?? 0, (file.trailer["Size"]?.integer ?? 1) - 1)
        nextNumber = highest + 1
    }

    /// Adds a new object.
    package mutating func add(_ object: PDFObject) -> PDFReference {
        let reference = PDFReference(number: nextNumber)
        nextNumber += 1
        objects[reference] = object
        return reference
    }

    /// Gives an object of the file, or one added before, a new value.
    package mutating func set(_ reference: PDFReference, to object: PDFObject) {
        objects[reference] = object
        nextNumber = max(nextNumber, reference.number + 1)
    }

    /// Marks an object of the file as free.
    package mutating func remove(_ reference: PDFReference) {
        objects[reference] = nil
        removed.insert(reference)
    }

    /// The object as this update leaves it.
    package func object(_ reference: PDFReference) -> PDFObject {
        objects[reference] ?? file.resolve(reference)
    }

    /// The object, or what it refers to, as this update leaves it.
    package func resolve(_ object: PDFObject?) -> PDFObject {
        guard let reference = object?.reference else { return object ?? .null }
        return self.object(reference)
    }

    /// The file with this update.
    package func bytes() -> [UInt8] {
        var writer = begin(without: nil)
        finish(&writer)
        return writer.bytes
    }

    /// The file with this update and one more signature dictionary, still without its value.
    func signable(_ dictionary: PDFDictionary, as reference: PDFReference, reservedBytes: Int) -> SignablePDF {
        var writer = begin(without: reference)
        let slots = writer.writeSignature(dictionary, reservedBytes: reservedBytes, as: reference)
        finish(&writer)
        return SignablePDF(writer.bytes, slots: slots)
    }

    private func begin(without reference: PDFReference?) -> PDFObjectWriter {
        let endsWithLine = file.bytes.last == 0x0A || file.bytes.last == 0x0D
        var writer = PDFObjectWriter(after: file.bytes + (endsWithLine ? [] : [0x0A]))
        for (number, object) in objects.sorted(by: { $0.key < $1.key }) where number != reference {
            writer.write(object, as: number)
        }
        for reference in removed { writer.free(reference) }
        return writer
    }

    /// The section is of the same kind as the one before it (§7.5.8.4).
    private func finish(_ writer: inout PDFObjectWriter) {
        let own: Set<String> = ["Type", "W", "Index", "Filter", "DecodeParms", "Length", "XRefStm", "Prev", "Size"]
        var trailer = file.trailer.filter { !own.contains($0.key) }
        let newest = file.revisions.last
        trailer["Prev"] = .integer(newest?.crossReferenceOffset ?? 0)
        if newest?.isStream ?? false {
            trailer["Size"] = .integer(nextNumber + 1)
            writer.finishWithStream(trailer: trailer, number: nextNumber)
        } else {
            trailer["Size"] = .integer(nextNumber)
            writer.finishWithTable(trailer: trailer, wholeFile: false)
        }
    }
}
