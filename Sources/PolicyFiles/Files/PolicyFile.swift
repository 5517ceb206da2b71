import FoundationEssentials

/// Reads one file of the folder as text.
enum PolicyFile {
    /// 1 MiB.
    static let maximumSize = 1 << 20

    /// Whether `path` is a regular file or a link to one.
    static func isThere(_ path: String) -> Bool { attributes(path)?.isRegular ?? false }

    /// UTF-8 without byte order mark; `nil` with a fault reported when the file cannot be read so.
    static func text(_ path: String, _ faults: FileFaults) -> String? {
        guard let attributes = attributes(path) else {
            faults.report("this file cannot be looked at: check that it exists and who may read it")
            return nil
        }
        guard attributes.isRegular else {
            faults.report("this is no regular file: expected a YAML file")
            return nil
        }
        guard attributes.size <= maximumSize else {
            faults.report("the file has \(attributes.size) bytes: at most \(maximumSize) are read")
            return nil
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            faults.report("this file cannot be read: check who may read it")
            return nil
        }
        guard data.count <= maximumSize else {
            faults.report("the file grew while it was read: at most \(maximumSize) bytes are read")
            return nil
        }
        return decode([UInt8](data), faults)
    }

    private static func decode(_ bytes: [UInt8], _ faults: FileFaults) -> String? {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: body, as: UTF8.self) else {
            faults.report("this file is not UTF-8: save it so", at: placeOfFirstBadByte(body))
            return nil
        }
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            if scalar.isForbiddenInYAML {
                let name = "U+" + String(scalar.value, radix: 16, uppercase: true)
                faults.report(
                    "the control character \(name) cannot stand in YAML: take it out",
                    at: Place(line: line, column: column))
                return nil
            }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return text
    }

    private static func placeOfFirstBadByte(_ bytes: [UInt8]) -> Place {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var (line, column) = (1, 1)
        while case .valid(let scalar) = decoder.parseScalar(from: &iterator) {
            (line, column) = Unicode.UTF8.decode(scalar) == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return Place(line: line, column: column)
    }

    private static func attributes(_ path: String) -> (isRegular: Bool, size: Int)? {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        // What is still a link leads nowhere.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            attributes[.type] as? FileAttributeType != .typeSymbolicLink
        else { return nil }
        let size = (attributes[.size] as? UInt64).map { Int(clamping: $0) } ?? (attributes[.size] as? Int) ?? .max
        return (attributes[.type] as? FileAttributeType == .typeRegular, size)
    }
}

extension Unicode.Scalar {
    /// YAML 1.2 §5.1: everything but tab, line breaks and printable characters.
    fileprivate var isForbiddenInYAML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
