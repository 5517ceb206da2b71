extension PDFFile {
    /// The filled signature fields of the form, in its order.
    /// - Throws: `signature` when a signature dictionary is incomplete, is no indirect object, is shared by several fields,
    ///   or stands in the file without a field; `structure` and `limit` for the field tree.
    package func signatures() throws(PDFFault) -> [PDFSignature] {
        var signatures: [PDFSignature] = []
        var used: Set<PDFReference> = []
        for field in try signatureFields() {
            guard let reference = field.value.reference else { throw .signature("is no indirect object") }
            guard used.insert(reference).inserted else { throw .signature("several fields share it") }
            guard used.count <= limits.signatures else { throw .limit("signatures") }
            guard case .dictionary(let entries) = resolve(reference) else { throw .signature("is missing") }
            signatures.append(try signature(entries, reference, fieldName: field.name))
        }
        for (number, entry) in current.entries {
            guard case .dictionary(let entries) = current.store.object(entry), entries["ByteRange"] != nil else {
                continue
            }
            guard used.contains(where: { $0.number == number }) else { throw .signature("belongs to no field") }
        }
        return signatures
    }

    private func signature(
        _ entries: PDFDictionary, _ reference: PDFReference, fieldName: String
    ) throws(PDFFault) -> PDFSignature {
        guard case .string(let padded) = entries["Contents"] else {
            throw .signature("Contents is missing, null or indirect")
        }
        guard case .array(let range) = entries["ByteRange"] else {
            throw .signature("ByteRange is missing or indirect")
        }
        var numbers: [Int] = []
        for value in range {
            guard let number = value.integer else { throw .signature("ByteRange holds no integers") }
            numbers.append(number)
        }
        let kind: PDFSignature.Kind
        switch entries["Type"] {
        case .name("DocTimeStamp"): kind = .documentTimeStamp
        case nil, .name("Sig"): kind = .signature
        default: throw .signature("is of another type")
        }
        guard let subFilter = entries["SubFilter"]?.name else { throw .signature("SubFilter is missing") }
        return PDFSignature(
            fieldName: fieldName, subFilter: subFilter, kind: kind, byteRange: numbers,
            contents: try PDFFile.derWithoutPadding(padded),
            signingTime: resolve(entries["M"]).string.map { PDFText.decode($0) },
            signerName: resolve(entries["Name"]).string.map { PDFText.decode($0) }, reference: reference)
    }

    /// Cuts the zeros after one DER SEQUENCE; anything but zeros there is a place to hide bytes from the signature.
    private static func derWithoutPadding(_ bytes: [UInt8]) throws(PDFFault) -> [UInt8] {
        guard bytes.count >= 2, bytes[0] == 0x30 else { throw .signature("Contents is empty or no DER") }
        var count = Int(bytes[1])
        var start = 2
        if count >= 0x80 {
            let digits = count - 0x80
            guard (1...4).contains(digits), bytes.count >= 2 + digits, bytes[2] != 0 else {
                throw .signature("length in Contents is no DER")
            }
            count = bytes[2..<2 + digits].reduce(0) { $0 << 8 | Int($1) }
            start = 2 + digits
            guard count >= 0x80 else { throw .signature("length in Contents is no DER") }
        }
        guard count > 0, count <= bytes.count - start else { throw .signature("Contents is cut off") }
        guard bytes[(start + count)...].allSatisfy({ $0 == 0 }) else {
            throw .signature("padding of Contents is not zero")
        }
        return Array(bytes[..<(start + count)])
    }

    /// Name and value of every signature field that has a value.
    private func signatureFields() throws(PDFFault) -> [(name: String, value: PDFObject)] {
        guard case .dictionary(let form) = resolve(catalog["AcroForm"]) else { return [] }
        var fields: [(name: String, value: PDFObject)] = []
        var visited: Set<PDFReference> = []
        var open: [FieldNode] = (resolve(form["Fields"]).array ?? []).reversed().map { FieldNode(object: $0) }
        while let node = open.popLast() {
            if let reference = node.object.reference, !visited.insert(reference).inserted {
                throw .structure("a field occurs twice")
            }
            guard node.depth <= limits.nesting, visited.count + open.count <= limits.pages else {
                throw .limit("fields")
            }
            guard case .dictionary(let entries) = resolve(node.object) else { continue }
            let part = resolve(entries["T"]).string.map { PDFText.decode($0) }
            let name = [node.name, part].compactMap { $0 }.joined(separator: ".")
            let type = entries["FT"].map { resolve($0) } ?? node.type
            let value = entries["V"] ?? node.value
            let kids = resolve(entries["Kids"]).array ?? []
            let fieldKids = kids.filter { resolve($0).dictionary?["T"] != nil }
            guard fieldKids.isEmpty else {
                open += fieldKids.reversed().map {
                    FieldNode(object: $0, name: name, type: type, value: value, depth: node.depth + 1)
                }
                continue
            }
            if type == .name("Sig"), let value, resolve(value) != .null { fields.append((name, value)) }
        }
        return fields
    }
}

/// A form field still to be visited, with what it inherits (ISO 32000-2 §12.7.4.1).
private struct FieldNode {
    let object: PDFObject
    var name: String?
    var type: PDFObject?
    var value: PDFObject?
    var depth = 0
}
