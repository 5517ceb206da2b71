/// Where something stands in a file: line and column from 1, columns in Unicode scalars as libYAML counts them.
struct Place: Hashable, Comparable, Sendable {
    static let start = Place(line: 1, column: 1)

    let line: Int
    let column: Int

    static func < (left: Place, right: Place) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A value with the place it was read from, for what is only found wrong beside other values.
struct Placed<Value> {
    let value: Value
    let place: Place
}
