import Primitives

/// The XMP packet (ISO 16684-1) of a license: what it is and its number, nothing of its holder.
struct LicenseMetadata {
    let title: String
    let language: String
    let number: LicenseNumber
    let type: LicenseType
    let department: Department
    let issuedAt: Instant
    let validity: ValidityPeriod

    /// Element names of the license part are the tags of GB/T 36903 as deployed files have them.
    var packet: [UInt8] {
        var elements = [
            ("ZZMC", type.name[language]), ("ZZLXDM", type.code), ("ZZBS", number.description),
            ("ZZBFJG", department.name[language]), ("ZZBFJGDM", department.code.text),
            ("ZZBFRQ", issuedAt.date.description), ("ZZYXQQSRQ", validity.from.description),
        ]
        if let until = validity.until { elements.append(("ZZYXQJZRQ", until.description)) }
        let license = elements.map { "<license:\($0.0)>\(escaped($0.1))</license:\($0.0)>" }.joined(separator: "\n")
        let text = """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:license="urn:chancery:license-metadata:1:">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(escaped(title))</rdf:li></rdf:Alt></dc:title>
            <dc:language><rdf:Bag><rdf:li>\(escaped(language))</rdf:li></rdf:Bag></dc:language>
            <dc:identifier>\(number)</dc:identifier>
            <dc:type><rdf:Bag><rdf:li>\(LicenseClaims.credentialType(of: type.code))</rdf:li></rdf:Bag></dc:type>
            <xmp:CreateDate>\(issuedAt)</xmp:CreateDate>
            <xmp:CreatorTool>Chancery</xmp:CreatorTool>
            \(license)
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """
        return Array(text.utf8)
    }

    private func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}
