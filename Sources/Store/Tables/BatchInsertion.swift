/// Puts numbered blobs into a table, many with one statement: to begin and end a statement costs as much as three of its rows.
struct BatchInsertion {
    private static let batch = 16

    private let one: String
    private let many: String

    /// - Parameter table: its name and its two columns, the number's first.
    init(into table: String) {
        let insertion = "INSERT INTO \(table) VALUES "
        one = insertion + "(?, ?)"
        many = insertion + Array(repeating: "(?, ?)", count: BatchInsertion.batch).joined(separator: ", ")
    }

    /// - Parameters:
    ///   - blobs: numbered in this order.
    ///   - first: the number of the first one.
    func run(_ blobs: [[UInt8]], from first: Int, _ connection: any SQLConnection) throws(StoreFault) {
        var rest = blobs[...]
        while !rest.isEmpty {
            let count = rest.count < BatchInsertion.batch ? 1 : BatchInsertion.batch
            var values: [SQLValue] = []
            values.reserveCapacity(2 * count)
            for index in rest.indices.prefix(count) {
                values.append(SQLValue(first + index))
                values.append(.blob(rest[index]))
            }
            try connection.execute(count == 1 ? one : many, values)
            rest = rest.dropFirst(count)
        }
    }
}
