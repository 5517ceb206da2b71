import Licensing
import PolicyFiles
import Primitives

/// From the columns of a CSV file to applications.
struct CSVApplication: Sendable {
    private static let holderColumns = ["holder.name", "holder.idType", "holder.id"]

    private enum Target {
        case holder(String)
        case field(FieldDefinition)
    }

    private let targets: [Target]
    private let header: [String]

    /// - Throws: 65 with every column that is unknown, twice or missing.
    init(header: [String], type: LicenseType, path: String) throws(CommandFault) {
        let known = Self.holderColumns + type.fields.map(\.name)
        guard header.contains(where: { known.contains($0) }) else {
            throw CommandFault(
                .notUnderstood,
                "\(path): the first row is no header; columns of \(type.id): \(known.joined(separator: ", "))")
        }
        var targets: [Target] = []
        var faults: [String] = []
        for (index, name) in header.enumerated() {
            if header.firstIndex(of: name) != index {
                faults.append("\(Self.shown(name, index)) stands twice")
            } else if Self.holderColumns.contains(name) {
                targets.append(.holder(String(name.dropFirst("holder.".count))))
            } else if let field = type.field(name) {
                targets.append(.field(field))
            } else {
                faults.append("\(Self.shown(name, index)) is unknown")
            }
        }
        let required = Self.holderColumns + type.fields.filter(\.isRequired).map(\.name)
        faults += required.filter { !header.contains($0) }.map { "the column \($0) is missing" }
        guard faults.isEmpty else {
            let columns = known.joined(separator: ", ")
            throw CommandFault(
                .notUnderstood, "\(path): \(faults.joined(separator: "; ")); columns of \(type.id): \(columns)")
        }
        (self.targets, self.header) = (targets, header)
    }

    /// A value that stands where a name should must not be repeated.
    private static func shown(_ name: String, _ index: Int) -> String {
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: ".")
            }
        return isName ? "the column \(name)" : "column \(index + 1)"
    }

    func application(_ cells: [String]) -> Result<JSONValue, BatchRowFault> {
        guard cells.count == targets.count else {
            return .failure(BatchRowFault(reason: "\(cells.count) columns where the header has \(targets.count)"))
        }
        var holder = JSONObject()
        var fields = JSONObject()
        for (target, cell) in zip(targets, cells) where !cell.isEmpty {
            switch target {
            case .holder(let name): holder[name] = .string(cell)
            case .field(let field): fields[field.name] = value(cell, of: field)
            }
        }
        return .success(["holder": .object(holder), "fields": .object(fields)])
    }

    /// Text as the application writes it: numbers without quotes, photos as a file beside the table.
    private func value(_ cell: String, of field: FieldDefinition) -> JSONValue {
        switch field.kind {
        case .integer: Int64(cell).map { .integer($0) } ?? .string(cell)
        case .photo: ["file": .string(cell)]
        default: .string(cell)
        }
    }
}
