import Licensing
import Primitives

/// One application of a batch.
struct BatchRow: Sendable {
    /// Data rows count from 1.
    let number: Int
    /// The row's own columns as they stood, for `rejected.csv`.
    let cells: [String]
    let application: Result<JSONValue, BatchRowFault>
    /// How much of the input was read by then, 0 to 1.
    let fraction: Double
}

/// Why a row is no application.
struct BatchRowFault: Error, Sendable {
    let reason: String
}

/// The rows of a batch, in order.
struct BatchInput {
    private enum Form {
        case csv(CSVReader, CSVApplication)
        case lines(ByteSource)
    }

    /// Names of the columns in `rejected.csv`.
    let columns: [String]
    private let form: Form
    private var number = 0

    /// - Throws: 66 when the file is not there, 65 when its name or its header is not understood.
    init(_ path: String, type: LicenseType) throws(CommandFault) {
        let name = path.lowercased()
        if name.hasSuffix(".csv") {
            let reader = try CSVReader(path)
            guard case .cells(let header)? = try reader.next() else {
                throw CommandFault(.notUnderstood, "\(path) has no header row that can be read")
            }
            form = .csv(reader, try CSVApplication(header: header, type: type, path: path))
            columns = header
        } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            let source = try ByteSource(path)
            try source.skipByteOrderMark()
            form = .lines(source)
            columns = ["application"]
        } else {
            throw CommandFault(.notUnderstood, "\(path) is neither .csv nor .jsonl")
        }
    }

    /// The next row; `nil` at the end.
    mutating func next() throws(CommandFault) -> BatchRow? {
        switch form {
        case .csv(let reader, let applications):
            guard let row = try reader.next() else { return nil }
            number += 1
            switch row {
            case .broken(let reason): return self.row([], .failure(BatchRowFault(reason: reason)), reader.source)
            case .cells(let cells): return self.row(cells, applications.application(cells), reader.source)
            }
        case .lines(let source):
            guard let line = try JSONLine.next(source) else { return nil }
            number += 1
            return row([line.text], line.value, source)
        }
    }

    private func row(
        _ cells: [String], _ application: Result<JSONValue, BatchRowFault>, _ source: ByteSource
    ) -> BatchRow {
        BatchRow(number: number, cells: cells, application: application, fraction: source.fraction)
    }
}

/// One line of a JSON Lines file.
struct JSONLine {
    private static let maximumBytes = 16 << 20

    let text: String
    let value: Result<JSONValue, BatchRowFault>

    /// The next line that is not blank.
    static func next(_ source: ByteSource) throws(CommandFault) -> JSONLine? {
        while try source.peek() != nil {
            var bytes: [UInt8] = []
            var isTooLong = false
            while let byte = try source.next(), byte != 0x0A {
                if bytes.count < maximumBytes { bytes.append(byte) } else { isTooLong = true }
            }
            if isTooLong { return JSONLine(text: "", value: .failure(BatchRowFault(reason: "the line is too long"))) }
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            return JSONLine(text: String(decoding: bytes, as: UTF8.self).trimmed, value: read(bytes))
        }
        return nil
    }

    private static func read(_ bytes: [UInt8]) -> Result<JSONValue, BatchRowFault> {
        do {
            return .success(try JSONReader.read(bytes))
        } catch {
            return .failure(BatchRowFault(reason: "not JSON: \(error)"))
        }
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix("\r") ? String(dropLast()) : self }
}
