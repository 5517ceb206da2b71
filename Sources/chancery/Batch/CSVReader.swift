/// Rows of a CSV file (RFC 4180): commas, quotes doubled inside quotes, CRLF or LF, UTF-8 with or without BOM.
struct CSVReader {
    private static let maximumRowBytes = 1 << 20
    private static let maximumColumns = 1000

    let source: ByteSource

    init(_ path: String) throws(CommandFault) {
        source = try ByteSource(path)
        try source.skipByteOrderMark()
    }

    enum Row {
        case cells([String])
        /// The row cannot be read; the next one may be.
        case broken(String)
    }

    /// The next row that is not empty; `nil` at the end.
    func next() throws(CommandFault) -> Row? {
        while try source.peek() != nil {
            let row = try readRow()
            if case .cells(let cells) = row, cells == [""] { continue }
            return row
        }
        return nil
    }

    private func readRow() throws(CommandFault) -> Row {
        var cells: [String] = []
        var size = 0
        while true {
            var cell: [UInt8] = []
            let end = try readCell(into: &cell, size: &size)
            guard size <= Self.maximumRowBytes, cells.count < Self.maximumColumns else {
                if end != .row { try skipLine() }
                return .broken("the row is longer than 1 MiB or has more than \(Self.maximumColumns) columns")
            }
            guard let text = String(validating: cell, as: UTF8.self) else {
                if end != .row { try skipLine() }
                return .broken("column \(cells.count + 1) is not UTF-8")
            }
            cells.append(text)
            switch end {
            case .row: return .cells(cells)
            case .cell: continue
            case .broken(let reason):
                try skipLine()
                return .broken("column \(cells.count): \(reason)")
            }
        }
    }

    private enum CellEnd: Equatable {
        case cell, row
        case broken(String)
    }

    private func readCell(into cell: inout [UInt8], size: inout Int) throws(CommandFault) -> CellEnd {
        if try source.peek() == UInt8(ascii: "\"") { return try readQuoted(into: &cell, size: &size) }
        while let byte = try source.next() {
            switch byte {
            case UInt8(ascii: ","): return .cell
            case UInt8(ascii: "\n"): return .row
            case UInt8(ascii: "\r"):
                if try source.peek() == UInt8(ascii: "\n") { continue }
                return .row
            case UInt8(ascii: "\""): return .broken("a quote in the middle of an unquoted value")
            default: if keep(byte, in: &cell, size: &size) { return .cell }
            }
        }
        return .row
    }

    private func readQuoted(into cell: inout [UInt8], size: inout Int) throws(CommandFault) -> CellEnd {
        _ = try source.next()
        while let byte = try source.next() {
            guard byte == UInt8(ascii: "\"") else {
                if keep(byte, in: &cell, size: &size) { return .cell }
                continue
            }
            switch try source.next() {
            case UInt8(ascii: "\"")?: if keep(byte, in: &cell, size: &size) { return .cell }
            case UInt8(ascii: ",")?: return .cell
            case UInt8(ascii: "\n")?, nil: return .row
            case UInt8(ascii: "\r")?:
                if try source.peek() == UInt8(ascii: "\n") { _ = try source.next() }
                return .row
            default: return .broken("text after the closing quote")
            }
        }
        return .broken("a quote that is never closed")
    }

    /// Keeps a byte; `true` once the row is longer than a row may be.
    private func keep(_ byte: UInt8, in cell: inout [UInt8], size: inout Int) -> Bool {
        size += 1
        guard size <= Self.maximumRowBytes else { return true }
        cell.append(byte)
        return false
    }

    private func skipLine() throws(CommandFault) {
        while let byte = try source.next(), byte != UInt8(ascii: "\n") {}
    }
}

/// One row as CSV text.
enum CSVLine {
    static func text(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        guard needsQuotes else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
