import Primitives

/// Flags, words and short lists, as both SQLite and PostgreSQL can hold them.
extension SQLValue {
    init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }
    init(_ bytes: [UInt8]?) { self = bytes.map { .blob($0) } ?? .null }
    init<Owner>(_ identifier: Identifier<Owner>?) { self = identifier.map { .blob($0.bytes) } ?? .null }

    /// One item a line; what is stored so (scopes, resource URIs, methods) has no line breaks and is not empty.
    init(lines: [String]) { self = .text(lines.joined(separator: "\n")) }
}

extension SQLRow {
    func flag(_ column: Int) throws(StoreFault) -> Bool {
        try number(column) != 0
    }

    func optionalBlob(_ column: Int) throws(StoreFault) -> [UInt8]? {
        try isNull(column) ? nil : try blob(column)
    }

    func optionalIdentifier<Owner>(_ column: Int) throws(StoreFault) -> Identifier<Owner>? {
        try isNull(column) ? nil : try identifier(column)
    }

    func lines(_ column: Int) throws(StoreFault) -> [String] {
        try text(column).split(separator: "\n").map(String.init)
    }

    func word<Word: RawRepresentable<String>>(_ column: Int) throws(StoreFault) -> Word {
        guard let word = Word(rawValue: try text(column)) else { throw .corrupted("a stored word is not known") }
        return word
    }
}
