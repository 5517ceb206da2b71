extension PDFUpdate {
    /// Adds another approval signature in an invisible field on the first page.
    /// - Throws: `draft` when the file has no page; faults of its page tree.
    package mutating func signable(_ signature: PDFSignatureDraft) throws(PDFFault) -> SignablePDF {
        let reference = try addField(named: signature.fieldName)
        return signable(signature.dictionary, as: reference, reservedBytes: signature.reservedBytes)
    }

    /// Adds a document time-stamp (ETSI EN 319 142-1 §5.4.3) over the file with this update.
    /// - Throws: `draft` when the file has no page; faults of its page tree.
    package mutating func timeStampable(fieldName: String, reservedBytes: Int) throws(PDFFault) -> SignablePDF {
        let reference = try addField(named: fieldName)
        return signable(PDFSignatureDraft.documentTimeStamp, as: reference, reservedBytes: reservedBytes)
    }

    /// Adds what is not there yet to the document's security store (`DSS`, §5.4.2).
    /// - Throws: faults of the store that is there.
    package mutating func addToSecurityStore(_ store: PDFSecurityStore) throws(PDFFault) {
        let known = try file.securityStore()
        var catalog = self.catalog
        var entries = resolve(catalog["DSS"]).dictionary ?? ["Type": .name("DSS")]
        add(store.certificates, beside: known?.certificates, as: "Certs", to: &entries)
        add(store.revocationLists, beside: known?.revocationLists, as: "CRLs", to: &entries)
        add(store.ocspResponses, beside: known?.ocspResponses, as: "OCSPs", to: &entries)
        if let reference = catalog["DSS"]?.reference {
            set(reference, to: .dictionary(entries))
        } else {
            catalog["DSS"] = .reference(add(.dictionary(entries)))
            set(file.catalogReference, to: .dictionary(catalog))
        }
    }

    private mutating func add(
        _ values: [[UInt8]], beside known: [[UInt8]]?, as key: String, to entries: inout PDFDictionary
    ) {
        var seen = Set(known ?? [])
        var list = resolve(entries[key]).array ?? []
        for value in values where seen.insert(value).inserted {
            list.append(.reference(add(.stream(PDFStream(dictionary: [:], encodedBytes: value)))))
        }
        if !list.isEmpty { entries[key] = .array(list) }
    }

    private var catalog: PDFDictionary { object(file.catalogReference).dictionary ?? [:] }

    /// Adds the field to the form and its widget to the first page; gives the reference of its signature dictionary.
    private mutating func addField(named name: String) throws(PDFFault) -> PDFReference {
        guard let page = try file.pages().first else { throw .draft("no page") }
        let signature = add(.null)
        let field = PDFObject.reference(
            add(PDFSignatureDraft.field(name: name, signature: signature, page: page.reference)))
        append(field, to: "Annots", of: .reference(page.reference))
        guard let form = catalog["AcroForm"] else {
            var catalog = catalog
            catalog["AcroForm"] = .dictionary(["Fields": .array([field]), "SigFlags": .integer(3)])
            set(file.catalogReference, to: .dictionary(catalog))
            return signature
        }
        if form.reference != nil {
            append(field, to: "Fields", of: form)
        } else {
            var (catalog, entries) = (catalog, form.dictionary ?? [:])
            if entries["Fields"]?.reference != nil {
                append(field, to: "Fields", of: form)
            } else {
                entries["Fields"] = .array((entries["Fields"]?.array ?? []) + [field])
                catalog["AcroForm"] = .dictionary(entries)
                set(file.catalogReference, to: .dictionary(catalog))
            }
        }
        return signature
    }

    /// Appends to the list `key` of a dictionary; an indirect list is changed in its own object.
    private mutating func append(_ value: PDFObject, to key: String, of holder: PDFObject) {
        var entries = resolve(holder).dictionary ?? [:]
        let list = PDFObject.array((resolve(entries[key]).array ?? []) + [value])
        if let reference = entries[key]?.reference {
            set(reference, to: list)
        } else if let reference = holder.reference {
            entries[key] = list
            set(reference, to: .dictionary(entries))
        }
    }
}
