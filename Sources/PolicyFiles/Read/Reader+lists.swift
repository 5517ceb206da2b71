extension Reader {
    /// A list with its elements' places. Elements that cannot be read are reported and left out.
    static func list<Element>(of element: Reader<Element>, in counts: ClosedRange<Int>) -> Reader
    where Output == [Placed<Element>] {
        Reader("a list, each \(element.expectation)") { value, faults in
            guard case .list(let values) = value.content else {
                faults.report(
                    "expected a list in [ ], each \(element.expectation), found \(value.kind)", at: value.place)
                return nil
            }
            if values.count < counts.lowerBound {
                faults.report("an empty list: expected at least one, each \(element.expectation)", at: value.place)
            }
            guard values.count <= counts.upperBound else {
                faults.report(
                    "a list of \(values.count): at most \(counts.upperBound) are allowed here", at: value.place)
                return nil
            }
            return values.compactMap { element.placed.read($0, faults) }
        }
    }
}

extension FileFaults {
    /// Reports every element whose name stood before in the list.
    func reportRepeated(_ names: [Placed<String>], _ what: String) {
        var first: [String: Place] = [:]
        for name in names {
            guard let earlier = first[name.value] else {
                first[name.value] = name.place
                continue
            }
            report("\(what) `\(name.value)` stands twice, first in line \(earlier.line): take one out", at: name.place)
        }
    }
}
