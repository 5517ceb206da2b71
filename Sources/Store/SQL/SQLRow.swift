import Primitives

/// One row of a result, read by column position; a value of another kind means a damaged database.
struct SQLRow: Hashable, Sendable {
    private let values: [SQLValue]

    init(_ values: [SQLValue]) {
        self.values = values
    }

    private func value(_ column: Int) throws(StoreFault) -> SQLValue {
        guard values.indices.contains(column) else { throw .failed("a result has too few columns") }
        return values[column]
    }

    private func corrupted(_ column: Int) -> StoreFault {
        .corrupted("column \(column + 1) of a result has a value of the wrong kind")
    }

    func number(_ column: Int) throws(StoreFault) -> Int {
        guard case .integer(let number) = try value(column), let number = Int(exactly: number) else {
            throw corrupted(column)
        }
        return number
    }

    func text(_ column: Int) throws(StoreFault) -> String {
        guard case .text(let text) = try value(column) else { throw corrupted(column) }
        return text
    }

    func blob(_ column: Int) throws(StoreFault) -> [UInt8] {
        guard case .blob(let bytes) = try value(column) else { throw corrupted(column) }
        return bytes
    }

    func isNull(_ column: Int) throws(StoreFault) -> Bool {
        try value(column) == .null
    }

    func optionalText(_ column: Int) throws(StoreFault) -> String? {
        try isNull(column) ? nil : try text(column)
    }

    func instant(_ column: Int) throws(StoreFault) -> Instant {
        Instant(millisecondsSinceEpoch: Int64(try number(column)))
    }

    func optionalInstant(_ column: Int) throws(StoreFault) -> Instant? {
        try isNull(column) ? nil : try instant(column)
    }

    func date(_ column: Int) throws(StoreFault) -> CalendarDate {
        guard let date = CalendarDate(try text(column)) else { throw corrupted(column) }
        return date
    }

    func optionalDate(_ column: Int) throws(StoreFault) -> CalendarDate? {
        try isNull(column) ? nil : try date(column)
    }

    func digest(_ column: Int) throws(StoreFault) -> Digest {
        guard let digest = Digest(try blob(column)) else { throw corrupted(column) }
        return digest
    }

    func identifier<Owner>(_ column: Int) throws(StoreFault) -> Identifier<Owner> {
        guard let identifier = Identifier<Owner>(bytes: try blob(column)) else { throw corrupted(column) }
        return identifier
    }
}
