import Primitives

/// A value on its way into or out of a statement.
enum SQLValue: Hashable, Sendable {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    init(_ number: Int) { self = .integer(Int64(number)) }
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ instant: Instant?) { self = instant.map { .integer($0.millisecondsSinceEpoch) } ?? .null }
    init(_ date: CalendarDate?) { self = date.map { .text($0.description) } ?? .null }
    init(_ digest: Digest?) { self = digest.map { .blob($0.bytes) } ?? .null }
    init<Owner>(_ identifier: Identifier<Owner>) { self = .blob(identifier.bytes) }
}
