import Primitives

/// Holds the XMP packet of a license PDF against the signed claims.
///
/// The packet is not interpreted as RDF: it must have the elements that issuance writes, each once and with the signed value, and no
/// other license number anywhere.
struct MetadataComparison {
    /// A packet of a license has about two kilobytes.
    static let maximumLength = 1 << 20

    let claims: LicenseClaims

    /// What is wrong with the packet, in plain words; `nil` when nothing is.
    func fault(in packet: [UInt8]) -> String? {
        for (tag, expected) in expectations {
            let values = MetadataComparison.values(of: "license:\(tag)", in: packet)
            if tag == "ZZBS", values.isEmpty { return "the metadata do not say the license number" }
            guard values.count <= 1, values.allSatisfy({ expected.contains($0) }) else {
                return "the metadata say another \(tag) than the signed data"
            }
        }
        let number = Array(claims.number.description.utf8)
        let isSame = MetadataComparison.numbers(in: packet).allSatisfy { $0 == number }
        return isSame ? nil : "the metadata name another license number"
    }

    /// GB/T 36903 tags and the texts that each may have.
    private var expectations: [(tag: String, texts: [String])] {
        [
            ("ZZBS", [claims.number.description]), ("ZZLXDM", [claims.type.code]),
            ("ZZMC", Array(claims.type.name.values)), ("ZZBFJGDM", [claims.issuer.code]),
            ("ZZBFJG", Array(claims.issuer.name.values)), ("ZZBFRQ", [claims.issuedAt.date.description]),
            ("ZZYXQQSRQ", [claims.validFrom.description]), ("ZZYXQJZRQ", [claims.validUntil?.description ?? ""]),
        ]
    }

    /// The contents of every element of this name, entities resolved.
    private static func values(of element: String, in packet: [UInt8]) -> [String] {
        let (open, close) = (Array("<\(element)>".utf8), Array("</\(element)>".utf8))
        return packet.ranges(of: open).prefix(16).map { start in
            let rest = packet[start.upperBound...]
            let end = rest.firstRange(of: close)?.lowerBound ?? rest.endIndex
            return unescaped(String(decoding: rest[..<end].prefix(4096), as: UTF8.self))
        }
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            let entity = entities.first { rest.hasPrefix($0.name) }
            result.append(entity?.character ?? character)
            rest = rest.dropFirst(entity?.name.count ?? 1)
        }
        return result
    }

    private static let entities: [(name: String, character: Character)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
    ]

    /// Whatever begins like a license number, as far as it goes.
    private static func numbers(in packet: [UInt8]) -> [ArraySlice<UInt8>] {
        packet.ranges(of: Array("\(LicenseNumber.root).".utf8)).map { start in
            let length = packet[start.lowerBound...].prefix {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2E
            }.count
            return packet[start.lowerBound..<start.lowerBound + length]
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate static func == (left: ArraySlice<UInt8>, right: [UInt8]) -> Bool { left.elementsEqual(right) }
}
